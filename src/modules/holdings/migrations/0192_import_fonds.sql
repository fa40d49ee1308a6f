-- What an import changed of fonds that were held: what each was before and is after, field by field, so that the import can be taken back
-- whole. Fonds lie outside of changesets. A fonds may be gone, or come anew with a rebuild: it is named and not referred to.
create table holdings.import_fonds (
  import_id uuid not null references holdings.import on delete cascade,
  id bigint generated always as identity,
  archive_id uuid not null,
  fonds_id uuid not null,
  before jsonb not null,
  after jsonb not null,
  primary key (import_id, id)
);

alter table holdings.import_fonds enable row level security;
create policy scope on holdings.import_fonds to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
grant select, insert, update, delete on holdings.import_fonds to lantai_app;
