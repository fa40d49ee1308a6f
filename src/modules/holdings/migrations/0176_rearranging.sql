-- Rearranging: moving many entries, bringing fonds together, dividing them, renumbering. What is wanted is written down first, with
-- every entry it concerns in the order it is done; long work goes on from there, and everybody can look what became of it.

-- A fonds that was brought into another stays, with its number, and says where its records are now.
alter table holdings.fonds add column part_of uuid references holdings.fonds, add column closed_at timestamptz;

create table holdings.rearrangement (
  -- Of its changeset too.
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  kind text not null check (kind in ('move', 'merge', 'split', 'renumber', 'back')),
  plan jsonb not null,
  reason text not null,
  -- waiting: people would reach other records by it, another person decides.
  state text not null check (state in ('waiting', 'queued', 'done', 'declined', 'failed')),
  people int not null default 0,
  total int not null default 0,
  done int not null default 0,
  renumbered int not null default 0,
  -- Entries whose code was to be another and could not.
  kept int not null default 0,
  proposed_by uuid,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decided_by uuid check (decided_by is distinct from proposed_by),
  decided_by_name text,
  decided_at timestamptz,
  note text,
  finished_at timestamptz,
  -- The one that took it back.
  taken_back_by uuid,
  error text,
  job_id uuid
);
create index rearrangement_list on holdings.rearrangement (archive_id, id);
create table holdings.rearrangement_unit (
  rearrangement_id uuid not null references holdings.rearrangement,
  seq int not null,
  unit_id uuid not null,
  -- Chosen itself; else it stands below one that was.
  top boolean not null,
  was text,
  code text,
  sort_key text collate "C",
  primary key (rearrangement_id, seq)
);
create index rearrangement_unit_unit on holdings.rearrangement_unit (rearrangement_id, unit_id);

alter table holdings.rearrangement enable row level security;
create policy scope on holdings.rearrangement to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
create policy by_part on holdings.rearrangement for select to lantai_app
  using (archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]));
grant select on holdings.rearrangement to lantai_app;
-- Which entries: worked with by the house alone.
alter table holdings.rearrangement_unit enable row level security;

-- Codes may change hands within one statement, and within one transaction that asks for it: two entries that exchange theirs.
drop index holdings.unit_reference_code;
alter table holdings.unit add constraint unit_reference_code unique (archive_id, reference_code) deferrable;

-- Who bears these codes, now or formerly, seen or not.
create function holdings.bearers_of(archive uuid, codes text[]) returns table (code text, unit_id uuid, former boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.code, b.unit_id, b.former from unnest(codes) as c (code) cross join lateral (
    select u.reference_code as code, u.id as unit_id, false as former from holdings.unit u where u.archive_id = archive and u.reference_code = c.code
    union all
    select a.code, a.unit_id, true from holdings.code_alias a where a.archive_id = archive and a.code = c.code) b
  where holdings.works_in(archive) $$;

-- The order keys on the way from the fonds down to a place, for the order of the whole tree.
create function holdings.path_of(place uuid) returns text[] language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive up as (
    select u.parent_id, u.position, 0 as depth from holdings.unit u where u.id = place
    union all
    select p.parent_id, p.position, up.depth + 1 from up join holdings.unit p on p.id = up.parent_id where up.depth < 50)
  select coalesce(array_agg(position collate "C" order by depth desc), '{}') from up $$;

revoke execute on function holdings.bearers_of(uuid, text[]), holdings.path_of(uuid) from public;
grant execute on function holdings.bearers_of(uuid, text[]) to lantai_app;

-- A unit stands in the fonds of what it stands under, and in none that was closed. Asked once the place is locked, so that nobody who
-- moves the place to another fonds meanwhile is missed.
create function holdings.demand_place(parents uuid[], fonds uuid[]) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from unnest(parents, fonds) as t (parent, fonds) join holdings.unit p on p.id = t.parent where p.fonds_id <> t.fonds) then
    raise exception 'an entry would stand in another fonds than the entry above it' using errcode = 'LT176';
  end if;
  if exists (select from unnest(fonds) as t (id) join holdings.fonds f on f.id = t.id where f.closed_at is not null) then
    raise exception 'an entry would come into a fonds that is closed' using errcode = 'LT177';
  end if;
end $$;
revoke execute on function holdings.demand_place(uuid[], uuid[]) from public;

create or replace function holdings.note_siblings() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  places uuid[];
  positions text[];
  counts int[];
  parents uuid[];
  fonds uuid[];
begin
  -- A rebuild from the storage root counts all at its end.
  if holdings.rebuilding() then return null; end if;
  if tg_op = 'INSERT' then
    select array_agg(n.under_id), array_agg(n.position), array_agg(1) into places, positions, counts from after n;
    select array_agg(d.parent_id), array_agg(d.fonds_id) into parents, fonds from (select distinct n.parent_id, n.fonds_id from after n) d;
  elsif tg_op = 'DELETE' then
    select array_agg(o.under_id), array_agg(o.position), array_agg(-1) into places, positions, counts from before o;
  else
    select array_agg(m.under_id), array_agg(m.position), array_agg(m.n) into places, positions, counts from (
      select s.* from after n join before o on o.id = n.id cross join lateral (
        values (n.under_id, n.position, 1), (o.under_id, o.position, -1)) as s (under_id, position, n)
      where (o.under_id, o.position) is distinct from (n.under_id, n.position)) m;
    select array_agg(d.parent_id), array_agg(d.fonds_id) into parents, fonds from (
      select distinct n.parent_id, n.fonds_id from after n join before o on o.id = n.id where o.under_id <> n.under_id) d;
  end if;
  if places is not null then perform holdings.siblings_changed(places, positions, counts); end if;
  if fonds is not null then perform holdings.demand_place(parents, fonds); end if;
  return null;
end $$;
