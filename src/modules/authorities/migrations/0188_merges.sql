-- What a merge did, so that it can be taken back whole.
create table authorities.merge (
  id uuid primary key,
  -- The archive that answers for the duplicate.
  archive_id uuid not null references holdings.archive,
  duplicate_id uuid not null references authorities.authority on delete cascade,
  stays_id uuid not null references authorities.authority on delete cascade,
  at timestamptz not null,
  by_name text not null,
  reason text,
  -- What the record that stays was given: names, identifiers, elements, dates, and whether it became restricted.
  gave jsonb not null,
  -- Who led to the duplicate, and was led on.
  led uuid[] not null default '{}',
  taken_back_at timestamptz,
  taken_back_by_name text,
  check ((taken_back_at is null) = (taken_back_by_name is null))
);
create index merge_stays on authorities.merge (stays_id, at desc);
create index merge_duplicate on authorities.merge (duplicate_id);

-- Each link and relation of the duplicate as it was.
create table authorities.merge_moved (
  merge_id uuid not null references authorities.merge on delete cascade,
  archive_id uuid not null,
  kind text not null check (kind in ('unit', 'fonds', 'relation')),
  -- Entry and role, fonds, or relation.
  key text not null,
  was jsonb not null,
  -- Fell away, since the record that stays had the same; a relation says which.
  dropped boolean not null,
  twin uuid,
  primary key (merge_id, kind, key)
);
create index merge_dropped on authorities.merge_moved (kind, key) where dropped;

do $$
begin
  alter table authorities.merge enable row level security;
  create policy seen on authorities.merge for select to lantai_app using (authorities.keeps(stays_id) and authorities.keeps(duplicate_id));
  create policy added on authorities.merge for insert to lantai_app with check (authorities.keeps(stays_id) and authorities.keeps(duplicate_id));
  create policy changed on authorities.merge for update to lantai_app using (authorities.keeps(stays_id)) with check (authorities.keeps(stays_id));
  -- Read and written by functions that ask for the reach; the application's role has no part in it.
  alter table authorities.merge_moved enable row level security;
end $$;
grant select, insert, update on authorities.merge to lantai_app;

drop function if exists authorities.move_all(uuid, uuid);
