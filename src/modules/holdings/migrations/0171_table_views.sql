-- How a table is looked at: filters, order, groups, columns with their widths. One's own, or shared with the archive.
create table holdings.table_view (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  owner_id uuid not null,
  owner_name text not null,
  name text not null,
  shared boolean not null,
  -- The address of the table without its page, and the columns.
  state jsonb not null,
  version int not null default 1,
  updated_at timestamptz not null
);
create unique index table_view_name on holdings.table_view (archive_id, owner_id, name);
alter table holdings.table_view enable row level security;
create policy of_place on holdings.table_view to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
    or archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
    or archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]));
grant select, insert, update, delete on holdings.table_view to lantai_app;
