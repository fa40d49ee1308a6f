create schema preservation;
grant usage on schema preservation to lantai_app;

-- A digital page or document of a unit, as held in its OCFL object. A view of the storage root that can be rebuilt.
create table preservation.content (
  unit_id uuid not null references holdings.unit on delete cascade,
  archive_id uuid not null,
  -- Order of the file in the unit, from 1.
  ordinal int not null,
  object_id text not null,
  logical_path text not null,
  -- Name as received, for people; the exact bytes are in the object's description.
  original_name text not null,
  media_type text not null,
  bytes bigint not null,
  sha256 text not null,
  sha512 text not null,
  held_at timestamptz not null,
  primary key (unit_id, ordinal)
);
create index content_digest on preservation.content (archive_id, sha512);

-- A page a person can look at: an image file is one page, a PDF has many.
create table preservation.page (
  unit_id uuid not null references holdings.unit on delete cascade,
  archive_id uuid not null,
  page_no int not null,
  ordinal int not null,
  -- Page within the file, from 1.
  file_page int not null,
  width int,
  height int,
  label text,
  primary key (unit_id, page_no)
);

do $$
declare t text;
begin
  foreach t in array array['content', 'page'] loop
    execute format('alter table preservation.%I enable row level security', t);
    execute format($p$create policy scope on preservation.%I to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
      with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    -- What is open to read is open to look at: the unit's own policy decides inside the sub-query.
    execute format($p$create policy of_open_units on preservation.%I for select to lantai_app
      using (exists (select 1 from holdings.unit u where u.id = unit_id))$p$, t);
    execute format('grant select on preservation.%I to lantai_app', t);
  end loop;
end $$;
