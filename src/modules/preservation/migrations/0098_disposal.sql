-- Destroying what is held (销毁): proposed by one person, agreed to by two others, carried out by a job. The rows stay.
create table preservation.disposal (
  id uuid primary key,
  archive_id uuid not null,
  -- Running number of the destruction register: archive code, X, year, number.
  number text not null unique,
  title text not null check (title <> ''),
  reason text not null check (reason <> ''),
  -- The rule or decision it stands on.
  basis text not null check (basis <> ''),
  -- What the appraisal group found (鉴定意见), and the approval of the authority above where one is needed.
  appraisal text,
  approval text,
  -- agreed: two agreed, the job waits. condemned: nobody can write these objects any more, the list is being made.
  -- destroying: the list lies in the storage root, signed. done: nothing is left anywhere, the certificate is signed.
  state text not null default 'proposed'
    check (state in ('proposed', 'rejected', 'withdrawn', 'agreed', 'condemned', 'destroying', 'done')),
  unit_count int not null default 0,
  file_count bigint not null default 0,
  byte_count bigint not null default 0,
  proposed_by uuid not null,
  proposed_by_name text not null,
  -- Whom the proposer stood in for: they have no voice in it.
  proposed_for uuid[] not null default '{}',
  proposed_at timestamptz not null,
  closed_reason text,
  job_id uuid,
  ordered_at timestamptz,
  done_at timestamptz,
  -- The signed certificate of destruction, as it lies in the storage root.
  certificate text
);
create index disposal_list on preservation.disposal (archive_id, id);
create index disposal_open on preservation.disposal (state, id) where state in ('proposed', 'agreed', 'condemned', 'destroying');

create table preservation.disposal_counter (
  archive_id uuid not null,
  year int not null,
  last int not null,
  primary key (archive_id, year)
);

create table preservation.disposal_voice (
  disposal_id uuid not null references preservation.disposal,
  archive_id uuid not null,
  person_id uuid not null,
  person_name text not null,
  stood_for uuid[] not null default '{}',
  decision text not null check (decision in ('agreed', 'refused')),
  note text,
  at timestamptz not null,
  primary key (disposal_id, person_id)
);

-- What is to be destroyed, as the catalogue had it then.
create table preservation.disposal_unit (
  disposal_id uuid not null references preservation.disposal,
  seq int not null,
  archive_id uuid not null,
  unit_id uuid not null,
  object_id text not null,
  reference_code text,
  title text not null,
  fonds text not null,
  category text,
  year int,
  retention text,
  expires_on date,
  date_text text,
  pages int,
  files bigint not null,
  bytes bigint not null,
  -- cleared: gone from catalogue, search and caches. destroyed: gone from every store.
  state text not null default 'listed' check (state in ('listed', 'spared', 'cleared', 'destroyed')),
  -- Why it was spared in the end.
  spared text,
  destroyed_at timestamptz,
  primary key (disposal_id, seq),
  unique (disposal_id, unit_id)
);
create index disposal_unit_unit on preservation.disposal_unit (unit_id);

-- Units whose content is destroyed or about to be. Whoever writes objects asks here first; the object's id is not used again.
create table preservation.destroyed (
  unit_id uuid primary key,
  archive_id uuid not null,
  object_id text not null unique,
  disposal_id uuid not null references preservation.disposal,
  condemned_at timestamptz not null,
  destroyed_at timestamptz
);
create index destroyed_disposal on preservation.destroyed (disposal_id);

-- Places that hold a copy of what is to be destroyed: stores the job takes it out of, media that people withdraw.
create table preservation.removal (
  disposal_id uuid not null references preservation.disposal,
  object_id text not null,
  place text not null check (place in ('store', 'medium')),
  place_id text not null,
  place_name text not null,
  archive_id uuid not null,
  unit_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'gone')),
  tries int not null default 0,
  tried_at timestamptz,
  trouble text,
  gone_at timestamptz,
  -- Who signed a withdrawal by hand.
  by_id uuid,
  by_name text,
  note text,
  primary key (disposal_id, object_id, place, place_id)
);
create index removal_waiting on preservation.removal (disposal_id, place, place_id, object_id) where state = 'waiting';

-- Digests of files whose pictures and copies lie in caches; a row goes when its cache is cleared.
create table preservation.disposal_cache (
  disposal_id uuid not null references preservation.disposal,
  unit_id uuid not null,
  sha256 text not null,
  sha512 text not null,
  primary key (disposal_id, unit_id, sha512)
);

-- A mark that keeps what it is on from being destroyed (诉讼、审计、查办): on a unit and all below it, or on a fonds.
create table preservation.legal_hold (
  id uuid primary key,
  archive_id uuid not null,
  unit_id uuid references holdings.unit on delete cascade,
  fonds_id uuid references holdings.fonds on delete cascade,
  reason text not null check (reason <> ''),
  basis text not null check (basis <> ''),
  -- The last day; null: until somebody ends it.
  until date,
  set_by uuid,
  set_by_name text not null,
  set_at timestamptz not null,
  ended_at timestamptz,
  ended_by_name text,
  end_reason text,
  check ((unit_id is null) <> (fonds_id is null))
);
create index legal_hold_list on preservation.legal_hold (archive_id, id);
create index legal_hold_unit on preservation.legal_hold (unit_id) where unit_id is not null and ended_at is null;
create index legal_hold_fonds on preservation.legal_hold (fonds_id) where fonds_id is not null and ended_at is null;

do $$
declare t text;
begin
  foreach t in array array['disposal', 'disposal_counter', 'disposal_voice', 'disposal_unit', 'destroyed', 'removal', 'legal_hold'] loop
    execute format('alter table preservation.%I enable row level security', t);
    execute format($p$create policy scope on preservation.%I to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
      with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    execute format('grant select on preservation.%I to lantai_app', t);
  end loop;
end $$;
grant insert, update on preservation.disposal, preservation.disposal_counter, preservation.legal_hold to lantai_app;
grant insert on preservation.disposal_voice, preservation.disposal_unit to lantai_app;
-- Signing off a medium that was withdrawn by hand.
grant update on preservation.removal to lantai_app;
-- The job's own.
alter table preservation.disposal_cache enable row level security;
