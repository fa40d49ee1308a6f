-- Backups made and tried to be made, and drills of restoring. What lies at a place of backups says it itself; these rows are for
-- people and for the clock.
create schema backup;

create table backup.run (
  id uuid primary key,
  -- command: at the command line; person: asked for on a screen; clock: by the settings.
  asked text not null check (asked in ('command', 'person', 'clock')),
  by_name text not null,
  -- The hour of the settings it is for: one backup for each, however many processes look at the clock.
  due_at timestamptz unique,
  job_id uuid,
  state text not null default 'running' check (state in ('queued', 'running', 'done', 'failed')),
  place text not null,
  asked_at timestamptz not null,
  ended_at timestamptz,
  -- The backup's own name, and the moment it is of.
  backup text,
  taken_at timestamptz,
  encrypted boolean,
  key_included boolean,
  rows bigint,
  bytes bigint,
  new_bytes bigint,
  stored_bytes bigint,
  seconds double precision,
  -- Why it failed, or what of it could not be done: {code, message}.
  trouble jsonb
);
create index run_asked on backup.run (asked_at desc, id desc);

create table backup.drill (
  id uuid primary key,
  asked text not null check (asked in ('command', 'person', 'clock')),
  by_name text not null,
  due_at timestamptz unique,
  job_id uuid,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  place text not null,
  asked_at timestamptz not null,
  ended_at timestamptz,
  backup text,
  taken_at timestamptz,
  -- Whether everything came back as it was; null where that could not be found out.
  equal boolean,
  tables int,
  rows bigint,
  files int,
  bytes bigint,
  -- {loading, proving, indexing, files, whole}
  seconds jsonb,
  -- [{code, severity, path, message}]
  findings jsonb not null default '[]'
);
create index drill_asked on backup.drill (asked_at desc, id desc);

-- Of the whole installation, not of one archive: read and written by the owner alone, for who may see to stores.
alter table backup.run enable row level security;
alter table backup.drill enable row level security;
