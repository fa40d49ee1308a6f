-- Opened by a decision that takes effect on a day; closed by an embargo until a day.
alter table holdings.unit add column opens_on date, add column embargo_until date;

-- Leave in a single case: one person, one item, file (with its items) or fonds, with reason, basis and end.
create table holdings.access_grant (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  person_id uuid not null,
  person_name text not null,
  unit_id uuid references holdings.unit on delete cascade,
  fonds_id uuid references holdings.fonds,
  gives text[] not null check (cardinality(gives) > 0
    and gives <@ array['description', 'content', 'print', 'master', 'export']),
  reason text not null check (reason <> ''),
  basis text not null check (basis <> ''),
  valid_from date not null,
  valid_until date not null check (valid_until >= valid_from),
  given_by uuid,
  given_by_name text not null,
  given_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by_name text,
  check ((unit_id is null) <> (fonds_id is null)),
  check (given_by is distinct from person_id)
);
create index access_grant_person on holdings.access_grant (person_id, valid_until) where revoked_at is null;
create index access_grant_unit on holdings.access_grant (unit_id) where unit_id is not null;
create index access_grant_fonds on holdings.access_grant (fonds_id) where fonds_id is not null;
create index access_grant_list on holdings.access_grant (archive_id, id);
alter table holdings.access_grant enable row level security;
create policy scope on holdings.access_grant to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
grant select, insert, update on holdings.access_grant to lantai_app;

-- Units exist for posts in their archive (policy scope), for posts limited to their category, by leave, and for everybody
-- when open.
create policy by_category on holdings.unit to lantai_app
  using (archive_id || '/' || category = any ((select lantai.reach('exists', 'categories'))::text[]))
  with check (archive_id || '/' || category = any ((select lantai.reach('exists', 'categories'))::text[]));
create policy by_leave on holdings.unit for select to lantai_app
  using (id = any ((select lantai.reach('exists', 'units'))::uuid[]) or fonds_id = any ((select lantai.reach('exists', 'fonds'))::uuid[]));
alter policy open_units on holdings.unit
  using (access_status = 'open' and classification = 'public'
    and (opens_on is null or opens_on <= (select lantai.today()))
    and (embargo_until is null or embargo_until <= (select lantai.today())));

-- Whether the asker may look into a unit: its pages and their text.
create function holdings.content_in_reach(unit uuid) returns boolean language sql stable parallel safe as $$
  select exists (select 1 from holdings.unit u where u.id = unit and (
    (select lantai.sees_all())
    or ((u.archive_id = any ((select lantai.reach('content', 'archives'))::uuid[])
          or u.archive_id || '/' || u.category = any ((select lantai.reach('content', 'categories'))::text[]))
        and (u.embargo_until is null or u.embargo_until <= (select lantai.today())
          or u.archive_id = any ((select lantai.reach('content', 'embargoArchives'))::uuid[])
          or u.archive_id || '/' || u.category = any ((select lantai.reach('content', 'embargoCategories'))::text[])))
    or ((u.access_status = 'open' and u.classification = 'public' and (u.opens_on is null or u.opens_on <= (select lantai.today()))
          or u.id = any ((select lantai.reach('content', 'units'))::uuid[])
          or u.fonds_id = any ((select lantai.reach('content', 'fonds'))::uuid[]))
        and (u.embargo_until is null or u.embargo_until <= (select lantai.today())))))
$$;
grant execute on function holdings.content_in_reach(uuid) to lantai_app;
