-- What format each held file is of, by PRONOM's identifier; null: nobody has looked, 'unknown': nothing fits.
alter table preservation.content add column puid text, add column format_name text;
create index content_format on preservation.content (archive_id, puid, unit_id, ordinal);
create index content_unlooked on preservation.content (unit_id, ordinal) where puid is null;

-- Files and bytes of each format, kept by the trigger of 0096 in the transaction of the change. Changes are added as rows,
-- and rows are put together now and then, so that two who take in content never wait for each other: the sum counts.
create table preservation.format_tally (
  seq bigint generated always as identity primary key,
  archive_id uuid not null,
  -- '' where nobody has looked.
  puid text not null,
  name text,
  files bigint not null,
  bytes bigint not null
);
create index format_tally_archive on preservation.format_tally (archive_id, puid);
insert into preservation.format_tally (archive_id, puid, files, bytes)
select archive_id, '', count(*), sum(bytes) from preservation.content group by archive_id;

-- What an archive decided about a format or a category of formats. Rows are added and never changed: the newest of a
-- subject counts, the older ones are its history.
create table preservation.format_decision (
  id uuid primary key,
  archive_id uuid not null,
  -- A format's identifier (fmt/40), or a category (category:bitmap).
  subject text not null check (subject <> ''),
  -- What is null is as the shipped register has it; all null: the decision before was taken back.
  risk text check (risk in ('low', 'medium', 'high')),
  policy text check (policy in ('keep', 'normalise', 'migrate')),
  reason text not null check (reason <> ''),
  decided_by uuid,
  decided_by_name text not null,
  decided_at timestamptz not null
);
create index format_decision_subject on preservation.format_decision (archive_id, subject, decided_at desc, id desc);

-- Files that were converted, or could not be. What was made lies in the unit's object beside the original and is told there;
-- this is a view of it that can be made again.
create table preservation.conversion (
  unit_id uuid not null,
  -- The original.
  ordinal int not null,
  -- What it was converted to: tiff, pdfa, wav, mp4.
  target text not null,
  archive_id uuid not null,
  source_puid text not null,
  state text not null check (state in ('made', 'failed')),
  -- Where the result lies in the object, and what it is.
  path text,
  puid text,
  format_name text,
  media_type text,
  bytes bigint,
  sha512 text,
  -- Tool and version.
  tool text,
  -- Why it could not be converted: a code, and a sentence.
  code text,
  trouble text,
  tries int not null default 1,
  at timestamptz not null,
  primary key (unit_id, ordinal, target),
  foreign key (unit_id, ordinal) references preservation.content on delete cascade,
  check ((state = 'made') = (path is not null))
);
create index conversion_format on preservation.conversion (archive_id, source_puid, target, state);

do $$
declare t text;
begin
  foreach t in array array['format_tally', 'format_decision', 'conversion'] loop
    execute format('alter table preservation.%I enable row level security', t);
    execute format($p$create policy scope on preservation.%I to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    execute format('grant select on preservation.%I to lantai_app', t);
  end loop;
end $$;
