-- Taking a changeset back is a changeset of its own; long ones go on where they were broken off.
alter table holdings.changeset
  -- The last change of the other that was looked at.
  add column place uuid,
  -- Changes of the other that were left, and whether all were looked at.
  add column left_count int not null default 0,
  add column finished_at timestamptz;
drop index holdings.changeset_undoes;
create unique index changeset_undoes on holdings.changeset (undoes) where undoes is not null;
grant update (place, left_count, finished_at) on holdings.changeset to lantai_app;

-- What taking back left as it was: somebody changed it since, or it may not be.
create table holdings.changeset_left (
  changeset_id uuid not null,
  change_id uuid not null,
  archive_id uuid not null,
  unit_id uuid not null,
  why text not null check (why in ('changed', 'gone', 'forbidden', 'codeTaken', 'place')),
  -- Columns, and elements of the description, by their names.
  fields text[] not null,
  primary key (changeset_id, change_id, why)
);
alter table holdings.changeset_left enable row level security;
create policy scope on holdings.changeset_left to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
create policy by_part on holdings.changeset_left to lantai_app
  using (archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]))
  with check (archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]));
grant select, insert on holdings.changeset_left to lantai_app;
