-- Checks of what goes from one side to the other: whose people answer what a machine can not, what the archive does not see yet, and
-- when nothing is answered any more, since somebody has acted on it.
alter table checks.run add column side text not null default 'archive' check (side in ('agency', 'archive'));
alter table checks.run add column agency_only boolean not null default false;
alter table checks.run add column closed boolean not null default false;
update checks.run set side = 'agency' where agency_id is not null;
alter table checks.run alter column side drop default;

drop policy reach on checks.run;
create policy reach on checks.run to lantai_app
  using ((select lantai.sees_all())
    or case when agency_id is null then archive_id = any ((select lantai.scope_archives())::uuid[])
       else agency_id = any ((select lantai.filing_agencies())::uuid[])
         or (not agency_only and archive_id = any ((select lantai.filing_archives())::uuid[])) end);
