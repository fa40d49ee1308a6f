-- Roles as data, what is held from when until when, delegation, organisations, posts, and changes of rights that take two persons.

-- A role shipped (archive_id null) or made by an archive for itself. `side` never changes: it is what three administrators
-- and everybody who works with records exclude each other by.
create table identity.role (
  code text primary key check (code ~ '^[a-z][a-z0-9-]{1,62}$'),
  archive_id uuid,
  side text not null check (side in ('content', 'system', 'security', 'audit')),
  name_zh_cn text not null,
  name_zh_tw text not null,
  name_en text not null,
  capabilities text[] not null,
  version integer not null default 1,
  retired_at timestamptz
);
create index role_archive on identity.role (archive_id);

-- Departments and agencies, in a tree for each archive.
create table identity.organisation (
  id uuid primary key,
  archive_id uuid not null,
  parent_id uuid references identity.organisation,
  kind text not null check (kind in ('department', 'agency')),
  name text not null,
  -- The agency of the holdings this unit stands for.
  agency_id uuid,
  version integer not null default 1,
  check (parent_id <> id)
);
create index organisation_archive on identity.organisation (archive_id);
create index organisation_parent on identity.organisation (parent_id);

-- A post: a place in an organisation and the roles that come with it. Its roles do not change; another post is made.
create table identity.post (
  id uuid primary key,
  archive_id uuid not null,
  organisation_id uuid references identity.organisation,
  name text not null,
  roles text[] not null check (cardinality(roles) > 0),
  retired_at timestamptz
);
create index post_archive on identity.post (archive_id);

alter table identity.person
  -- The archive that looks after the account.
  add column archive_id uuid;
update identity.person p set archive_id = (
  select m.archive_id from identity.membership m where m.person_id = p.id order by m.archive_id limit 1);
create index person_archive on identity.person (archive_id, username);

alter table identity.membership
  drop constraint membership_pkey,
  add column id uuid primary key default gen_random_uuid(),
  add column from_at timestamptz not null default now(),
  add column until_at timestamptz check (until_at >= from_at),
  add column categories text[] check (cardinality(categories) > 0),
  add column post_id uuid references identity.post;
create index membership_person on identity.membership (person_id);
create index membership_archive on identity.membership (archive_id);

-- Accounts that held everything lose the administrators' part. Three administrators are named anew (`lantai user add`).
update identity.membership m set until_at = now()
  where role in ('administrator', 'auditor') and exists (
    select 1 from identity.membership o where o.person_id = m.person_id and o.role <> m.role);

create table identity.delegation (
  id uuid primary key,
  archive_id uuid not null,
  from_person uuid not null references identity.person,
  to_person uuid not null references identity.person,
  roles text[] not null check (cardinality(roles) > 0),
  reason text not null,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  ended_at timestamptz,
  created_at timestamptz not null,
  check (from_person <> to_person)
);
create index delegation_from on identity.delegation (from_person);
create index delegation_to on identity.delegation (to_person);

-- What one administrator asks for and another person decides.
create table identity.rights_change (
  id uuid primary key,
  archive_id uuid not null,
  kind text not null check (kind in ('give', 'end', 'post', 'role', 'retire')),
  -- Whose rights change; null where a role itself does.
  person_id uuid references identity.person,
  content jsonb not null,
  reason text not null,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'rejected')),
  proposed_by uuid not null references identity.person,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decided_by uuid references identity.person,
  decided_by_name text,
  decided_at timestamptz,
  note text,
  -- Four eyes, behind the code that asks for them, and nobody changes their own rights.
  check (decided_by <> proposed_by),
  check (person_id <> proposed_by),
  check (state <> 'approved' or decided_by is not null),
  check (state <> 'approved' or person_id is null or decided_by <> person_id)
);
create index rights_change_archive on identity.rights_change (archive_id, proposed_at desc, id desc);
create index rights_change_waiting on identity.rights_change (archive_id) where state = 'proposed';

-- A role keeps its side, and holds no capability of another one. `identity.side_of` comes with the shipped roles (0012).
create function identity.check_role() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (new.side <> old.side or new.archive_id is distinct from old.archive_id) then
    raise exception 'a role keeps its side and its archive' using errcode = '23514', constraint = 'role_side_stays';
  end if;
  if exists (select 1 from unnest(new.capabilities) c where coalesce(identity.side_of(c), new.side) <> new.side) then
    raise exception 'capabilities of two sides in one role' using errcode = '23514', constraint = 'role_one_side';
  end if;
  return new;
end $$;
create trigger check_role before insert or update on identity.role for each row execute function identity.check_role();

-- Nobody stands on two sides at one time, by what they hold and what is delegated to them together [S:9.3].
create function identity.check_one_side(who uuid) returns void language plpgsql as $$
begin
  perform 1 from identity.person where id = who for update;
  if exists (
    with held as (
      select r.side, tstzrange(m.from_at, coalesce(m.until_at, 'infinity')) as during
      from identity.membership m join identity.role r on r.code = m.role
      where m.person_id = who and (m.until_at is null or m.until_at > now())
      union all
      select r.side, tstzrange(d.from_at, d.until_at)
      from identity.delegation d join identity.role r on r.code = any (d.roles)
      where d.to_person = who and d.ended_at is null and d.until_at > now()
    )
    select 1 from held a join held b on a.side < b.side and a.during && b.during
  ) then
    raise exception 'one person on two sides' using errcode = '23514', constraint = 'three_administrators';
  end if;
end $$;

create function identity.check_membership() returns trigger language plpgsql as $$
declare place uuid;
begin
  select archive_id into place from identity.role where code = new.role;
  if not found then
    raise exception 'no such role' using errcode = '23503', constraint = 'membership_role';
  end if;
  if place is not null and place <> new.archive_id then
    raise exception 'a role of another archive' using errcode = '23514', constraint = 'membership_role_archive';
  end if;
  perform identity.check_one_side(new.person_id);
  return null;
end $$;
create trigger check_membership after insert or update on identity.membership
  for each row execute function identity.check_membership();

create function identity.check_delegation() returns trigger language plpgsql as $$
begin
  perform identity.check_one_side(new.to_person);
  return null;
end $$;
create trigger check_delegation after insert or update on identity.delegation
  for each row execute function identity.check_delegation();

-- The tree of organisations has no circle, ends after 32 levels and stays within its archive.
create function identity.check_organisation() returns trigger language plpgsql as $$
declare above integer; below integer; stranger boolean;
begin
  if new.parent_id is null then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended('identity.organisation', 0));
  with recursive up (id, parent_id, archive_id, n) as (
    select id, parent_id, archive_id, 1 from identity.organisation where id = new.parent_id
    union all
    select o.id, o.parent_id, o.archive_id, up.n + 1 from up join identity.organisation o on o.id = up.parent_id
    where up.id <> new.id and up.n < 100
  )
  select max(n), bool_or(archive_id <> new.archive_id) into above, stranger from up
  where not exists (select 1 from up where id = new.id);
  if above is null then
    raise exception 'an organisation below itself' using errcode = '23514', constraint = 'organisation_circle';
  end if;
  if stranger then
    raise exception 'an organisation of another archive' using errcode = '23514', constraint = 'organisation_archive';
  end if;
  with recursive down (id, n) as (
    select new.id, 1
    union all
    select o.id, down.n + 1 from down join identity.organisation o on o.parent_id = down.id where down.n < 100
  )
  select max(n) into below from down;
  if above + below > 32 then
    raise exception 'too many levels' using errcode = '23514', constraint = 'organisation_depth';
  end if;
  return null;
end $$;
create trigger check_organisation after insert or update of parent_id, archive_id on identity.organisation
  for each row execute function identity.check_organisation();
