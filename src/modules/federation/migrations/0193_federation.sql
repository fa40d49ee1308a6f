-- What other systems harvest: which entries are open to everybody, or were.
create schema federation;
grant usage on schema federation to lantai_app;

-- A line for each entry that is open to everybody or once was; one that no longer is stays as a deleted record. It holds nothing
-- of the entry but its name among harvesters, when it changed, and the sets it is in.
create table federation.published (
  unit_id uuid primary key,
  archive_id uuid not null,
  fonds_id uuid not null,
  -- When it was published, changed or withdrawn; to the second, as harvesters ask.
  datestamp timestamptz(0) not null,
  deleted boolean not null default false,
  -- When it became open, for those who ask what was opened last.
  opened_at timestamptz(0) not null,
  -- The part of the list of addresses it stands in, for ever: parts have a size, whatever the whole.
  part int not null
);
create index published_order on federation.published (datestamp, unit_id);
create index published_of_archive on federation.published (archive_id, datestamp, unit_id);
create index published_of_fonds on federation.published (fonds_id, datestamp, unit_id);
create index published_opened on federation.published (opened_at desc, unit_id desc) where not deleted;
create index published_part on federation.published (part, unit_id) where not deleted;

-- Sets that have, or had, records.
create table federation.record_set (
  archive_id uuid not null,
  fonds_id uuid not null,
  primary key (archive_id, fonds_id)
);

-- How far publishing is; one line.
create table federation.progress (
  one boolean primary key default true check (one),
  -- No record is older.
  since timestamptz(0) not null default date_trunc('second', clock_timestamp()),
  -- Records from this second on are being written: lists end before it, so that none is passed over that comes late.
  writing_from timestamptz(0),
  -- The part that is being filled, and how much is in it.
  part int not null default 1,
  in_part int not null default 0
);
insert into federation.progress default values;

-- Entries to look at: changed, or come to a day on which something may have become open.
create table federation.waiting (
  unit_id uuid primary key,
  changed boolean not null
);
create table federation.due (
  day date not null,
  unit_id uuid not null,
  primary key (day, unit_id)
);

alter table federation.published enable row level security;
alter table federation.record_set enable row level security;
alter table federation.progress enable row level security;
alter table federation.waiting enable row level security;
alter table federation.due enable row level security;
create policy everybody on federation.published for select to lantai_app using (true);
create policy everybody on federation.record_set for select to lantai_app using (true);
create policy everybody on federation.progress for select to lantai_app using (true);
grant select on federation.published, federation.record_set, federation.progress to lantai_app;

-- Whoever changes an entry notes it, without rights here. In the order of ids, so that two who change the same ones do not wait
-- for each other in a circle; what is noted again while it is being published is looked at once more.
create function federation.note(units uuid[]) returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into federation.waiting (unit_id, changed) select distinct u, true from unnest(units) as n (u) order by u
    on conflict (unit_id) do update set changed = true $$;
revoke execute on function federation.note(uuid[]) from public;

-- Old and new states are brought together by hashing, however many: a plan made for few compares each with each. Where nothing
-- is or was open, which is nearly always, no more is done than to see that.
create function federation.note_units() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_nestloop = off as $$
declare
  units uuid[];
begin
  if tg_op = 'INSERT' then
    select array_agg(id) into units from after where access_status = 'open' and classification = 'public';
    if units is not null then
      insert into federation.due (day, unit_id)
        select d.day, n.id from after n cross join lateral (values (n.opens_on), (n.embargo_until)) as d (day)
        where n.access_status = 'open' and d.day is not null on conflict do nothing;
    end if;
  elsif tg_op = 'UPDATE' then
    if not exists (select 1 from before where access_status = 'open') and not exists (select 1 from after where access_status = 'open')
    then return null;
    end if;
    select array_agg(n.id) into units from before o join after n on n.id = o.id
      where ((o.access_status = 'open' and o.classification = 'public') or (n.access_status = 'open' and n.classification = 'public'))
        and (o.access_status, o.classification, o.opens_on, o.embargo_until, o.archive_id, o.fonds_id, o.level, o.reference_code,
             o.title, o.creator, o.doc_no, o.date_text, o.date_from, o.date_to, o.category, o.year, o.retention, o.pages,
             o.page_count, o.description)
          is distinct from
            (n.access_status, n.classification, n.opens_on, n.embargo_until, n.archive_id, n.fonds_id, n.level, n.reference_code,
             n.title, n.creator, n.doc_no, n.date_text, n.date_from, n.date_to, n.category, n.year, n.retention, n.pages,
             n.page_count, n.description);
    if units is not null then
      insert into federation.due (day, unit_id)
        select d.day, n.id from after n cross join lateral (values (n.opens_on), (n.embargo_until)) as d (day)
        where n.id = any (units) and n.access_status = 'open' and d.day is not null on conflict do nothing;
    end if;
  elsif tg_op = 'DELETE' then
    select array_agg(id) into units from before where access_status = 'open' and classification = 'public';
  else
    select array_agg(unit_id) into units from federation.published where not deleted;
  end if;
  if units is not null then perform federation.note(units); end if;
  return null;
end $$;
revoke execute on function federation.note_units() from public;
create trigger publish_inserted after insert on holdings.unit referencing new table as after
  for each statement execute function federation.note_units();
create trigger publish_deleted after delete on holdings.unit referencing old table as before
  for each statement execute function federation.note_units();
create trigger publish_updated after update on holdings.unit referencing old table as before new table as after
  for each statement execute function federation.note_units();
create trigger publish_emptied after truncate on holdings.unit for each statement execute function federation.note_units();

-- What is open already.
insert into federation.waiting (unit_id, changed) select id, true from holdings.unit where access_status = 'open' and classification = 'public';
insert into federation.due (day, unit_id)
  select d.day, u.id from holdings.unit u cross join lateral (values (u.opens_on), (u.embargo_until)) as d (day)
  where u.access_status = 'open' and d.day is not null on conflict do nothing;
