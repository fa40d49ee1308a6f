-- The agencies a post extends to, by its place in the organisation: those of the agency it stands in, which is the nearest at or
-- above its unit, and of all bodies below that. Null outside of agencies: a department of the archive works with all of it.
create function identity.agencies_of(place uuid) returns uuid[] language sql stable as $$
  with recursive up (id, parent_id, kind, n) as (
    select id, parent_id, kind, 1 from identity.organisation where id = place
    union all
    select o.id, o.parent_id, o.kind, up.n + 1 from up join identity.organisation o on o.id = up.parent_id
    where up.kind <> 'agency' and up.n < 100
  ), down (id, agency_id, n) as (
    select o.id, o.agency_id, 1 from up join identity.organisation o on o.id = up.id where up.kind = 'agency'
    union all
    select o.id, o.agency_id, down.n + 1 from down join identity.organisation o on o.parent_id = down.id where down.n < 100
  )
  select case when exists (select 1 from down)
    then array(select agency_id from down where agency_id is not null order by agency_id) end $$;
