-- Notices of an archive to agencies that give it their records 通知: to whom, who took note of it, and how often they were reminded.
create schema guidance;
grant usage on schema guidance to lantai_app;

create table guidance.notice (
  id uuid primary key,
  archive_id uuid not null,
  title text not null check (title <> ''),
  body text not null,
  due_on date,
  state text not null default 'issued' check (state in ('issued', 'withdrawn')),
  withdrawn_reason text,
  issued_by uuid not null,
  issued_by_name text not null,
  issued_at timestamptz not null,
  check ((state = 'withdrawn') = (withdrawn_reason is not null))
);
create index notice_list on guidance.notice (archive_id, id desc);

create table guidance.notice_to (
  notice_id uuid not null references guidance.notice on delete cascade,
  archive_id uuid not null,
  agency_id uuid not null,
  agency_name text not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  acknowledged_by_name text,
  note text,
  reminders int not null default 0,
  reminded_at timestamptz,
  primary key (notice_id, agency_id)
);
create index notice_open on guidance.notice_to (agency_id, notice_id) where acknowledged_at is null;

create table guidance.notice_file (
  id uuid primary key,
  notice_id uuid not null references guidance.notice on delete cascade,
  position int not null,
  name text not null,
  bytes bigint not null,
  sha512 text not null
);
create index notice_file_list on guidance.notice_file (notice_id, position);
create index notice_file_content on guidance.notice_file (sha512);

-- An agency sees what was written to it, and of whom it was written to nobody but itself; the archive all of its own.
alter table guidance.notice_to enable row level security;
create policy reach on guidance.notice_to to lantai_app using ((select lantai.sees_all())
  or agency_id = any ((select lantai.filing_agencies())::uuid[]) or archive_id = any ((select lantai.filing_archives())::uuid[]));
alter table guidance.notice enable row level security;
create policy reach on guidance.notice to lantai_app using ((select lantai.sees_all())
  or archive_id = any ((select lantai.filing_archives())::uuid[])
  or exists (select from guidance.notice_to t where t.notice_id = id and t.agency_id = any ((select lantai.filing_agencies())::uuid[])));
alter table guidance.notice_file enable row level security;
create policy reach on guidance.notice_file to lantai_app using (exists (select from guidance.notice n where n.id = notice_id));
grant select, insert, update on guidance.notice, guidance.notice_to to lantai_app;
grant select, insert on guidance.notice_file to lantai_app;
