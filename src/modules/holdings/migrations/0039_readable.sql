-- Units the asker may look into. A view, so that policies that ask it are planned with the query: as a function it was asked of
-- every page anew, a quarter of a second for a volume of two thousand.
create view holdings.readable with (security_invoker) as
  select u.id from holdings.unit u where
    (select lantai.sees_all())
    or ((u.archive_id = any ((select lantai.reach('content', 'archives'))::uuid[])
          or holdings.parts_of(u.archive_id, u.fonds_id, u.category) && (select lantai.reach('content', 'parts')))
        and (u.embargo_until is null or u.embargo_until <= (select lantai.today())
          or u.archive_id = any ((select lantai.reach('content', 'embargoArchives'))::uuid[])
          or holdings.parts_of(u.archive_id, u.fonds_id, u.category) && (select lantai.reach('content', 'embargoParts'))))
    or ((u.access_status = 'open' and u.classification = 'public' and (u.opens_on is null or u.opens_on <= (select lantai.today()))
          or u.id = any ((select lantai.reach('content', 'units'))::uuid[])
          or u.fonds_id = any ((select lantai.reach('content', 'fonds'))::uuid[]))
        and (u.embargo_until is null or u.embargo_until <= (select lantai.today())));
grant select on holdings.readable to lantai_app;

create or replace function holdings.content_in_reach(unit uuid) returns boolean language sql stable parallel safe as
  $$ select exists (select from holdings.readable where id = unit) $$;
