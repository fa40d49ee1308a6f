-- Files and packages somebody has had looked at: kept for that person for some days, then gone with what was sent. The
-- application's login has no rights here at all: rows are read and written as the owner, always by the person's id.
create schema examination;

create table examination.examination (
  id uuid primary key,
  person_id uuid not null,
  person_name text not null,
  -- As the sender's machine named the file, or the folder.
  name text not null,
  -- Below its own folder, what is judged: the file, the folder on top, or '' for all of it.
  root text not null,
  form text not null check (form in ('file', 'folder')),
  -- Where they wait, until they lie in the examination's own folder.
  upload_ids text[] not null,
  laid boolean not null default false,
  files int not null,
  bytes bigint not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  step text,
  done int not null default 0,
  total int,
  -- What it was judged as; null while that is under way.
  kind text,
  what text,
  valid boolean,
  wrapper text check (wrapper in ('folder', 'zip', 'tar')),
  -- Files and folders told of, and how many more there are.
  listed int not null default 0,
  unlisted bigint not null default 0,
  failure text,
  created_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz not null
);
create index examination_person on examination.examination (person_id, id);
create index examination_expires on examination.examination (expires_at);

create table examination.finding (
  examination_id uuid not null references examination.examination on delete cascade,
  seq int not null,
  family text not null,
  code text not null,
  severity text not null check (severity in ('error', 'warning', 'info')),
  path text not null,
  message text not null,
  -- The entry it is about, or the nearest folder above that is there.
  entry int,
  primary key (examination_id, seq)
);
create index finding_code on examination.finding (examination_id, code, seq);
create index finding_entry on examination.finding (examination_id, entry, seq);

-- The package as a tree. Numbers, not paths, are keys: a path may be longer than an index takes.
create table examination.entry (
  examination_id uuid not null references examination.examination on delete cascade,
  seq int not null,
  -- 0: on top.
  parent int not null,
  name text not null,
  path text not null,
  kind text not null check (kind in ('file', 'folder')),
  bytes bigint not null,
  -- [{puid, name, version, mime, basis}]; null where it was not identified, and why.
  matches jsonb,
  not_identified text,
  -- Findings about it, and about what is below.
  errors int not null default 0,
  warnings int not null default 0,
  errors_below int not null default 0,
  warnings_below int not null default 0,
  -- What is inside of the file, once somebody asked.
  inside jsonb,
  primary key (examination_id, seq)
);
create index entry_parent on examination.entry (examination_id, parent, seq);

alter table examination.examination enable row level security;
alter table examination.finding enable row level security;
alter table examination.entry enable row level security;
