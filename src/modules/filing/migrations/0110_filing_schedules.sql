-- What agencies file before it is handed over. A draft is its agency's alone; what was submitted is the archive's to see as
-- well, and no other agency's ever. No keys into the holdings: their tables come back from the storage root, these do not.
create schema filing;
grant usage on schema filing to lantai_app;

-- Retention schedules 归档范围和保管期限表, version by version.
create table filing.schedule (
  id uuid primary key,
  archive_id uuid not null,
  agency_id uuid not null,
  -- 1, 2, 3 … of the agency.
  number int not null,
  title text not null,
  -- What it was begun from: a template and its edition, or an earlier version.
  template text,
  edition text,
  based_on uuid references filing.schedule,
  state text not null default 'draft' check (state in ('draft', 'submitted', 'returned', 'approved')),
  drafted_by uuid,
  drafted_by_name text not null,
  drafted_at timestamptz not null,
  submitted_by uuid,
  submitted_by_name text,
  submitted_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  decision_note text,
  in_force_from date,
  line_count int not null default 0,
  -- Of its lines and comments: who writes over another's version is told.
  version int not null default 1,
  unique (agency_id, number),
  check ((state = 'approved') = (in_force_from is not null))
);
-- One is worked on at a time.
create unique index schedule_open on filing.schedule (agency_id) where state <> 'approved';
create index schedule_in_force on filing.schedule (agency_id, in_force_from desc) where state = 'approved';
create index schedule_archive on filing.schedule (archive_id, state, id);

create table filing.schedule_line (
  schedule_id uuid not null references filing.schedule on delete cascade,
  key uuid not null,
  position int not null,
  number text not null,
  class_code text not null,
  class_name text not null,
  category text not null,
  matter text not null,
  retention text not null,
  keywords text[] not null default '{}',
  department text,
  due text,
  note text,
  template_key text,
  primary key (schedule_id, key)
);
create index schedule_line_order on filing.schedule_line (schedule_id, position);

-- What an agency and its archive say to each other about a schedule, a line of it, a record, a batch, or filing at large.
create table filing.remark (
  id uuid primary key,
  archive_id uuid not null,
  agency_id uuid not null,
  about text not null check (about in ('schedule', 'scheduleLine', 'record', 'batch', 'agency')),
  -- The schedule, record, batch or agency; of a line besides, its key.
  about_id uuid not null,
  line_key uuid,
  -- What it is about in words, as it was then: the thing itself may not be for everybody's eyes.
  label text not null,
  kind text not null check (kind in ('comment', 'question', 'answer')),
  reply_to uuid references filing.remark,
  side text not null check (side in ('agency', 'archive')),
  text text not null,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  -- Dealt with: mended, or answered.
  settled_at timestamptz,
  settled_by_name text,
  check ((about = 'scheduleLine') = (line_key is not null))
);
create index remark_about on filing.remark (about_id, id);
create index remark_open on filing.remark (agency_id, side, id) where settled_at is null and reply_to is null;

-- An approved schedule stays as it was approved, whoever asks.
create function filing.refuse_approved() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'schedule' then
    if old.state = 'approved' then
      raise exception 'an approved schedule is never changed' using errcode = 'LT001';
    end if;
  elsif exists (select 1 from filing.schedule where state = 'approved'
      and id = case when tg_op = 'INSERT' then new.schedule_id else old.schedule_id end) then
    raise exception 'the lines of an approved schedule are never changed' using errcode = 'LT001';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger schedule_approved before update or delete on filing.schedule
  for each row execute function filing.refuse_approved();
create trigger schedule_line_approved before insert or update or delete on filing.schedule_line
  for each row execute function filing.refuse_approved();

alter table filing.schedule enable row level security;
alter table filing.schedule_line enable row level security;
alter table filing.remark enable row level security;
create policy reach on filing.schedule to lantai_app
  using ((select lantai.sees_all()) or agency_id = any ((select lantai.filing_agencies())::uuid[])
    or (state <> 'draft' and archive_id = any ((select lantai.filing_archives())::uuid[])));
create policy reach on filing.schedule_line to lantai_app
  using (exists (select 1 from filing.schedule s where s.id = schedule_id));
create policy reach on filing.remark to lantai_app
  using ((select lantai.sees_all()) or agency_id = any ((select lantai.filing_agencies())::uuid[])
    or archive_id = any ((select lantai.filing_archives())::uuid[]));
grant select, insert, update, delete on filing.schedule, filing.schedule_line to lantai_app;
grant select, insert, update on filing.remark to lantai_app;
