-- The file of a fonds 全宗卷 (DA/T 12-2012): papers on the fonds itself, under its eight headings. What lies in a fonds is not in it.
create schema fondsfile;
grant usage on schema fondsfile to lantai_app;

create table fondsfile.document (
  id uuid primary key,
  archive_id uuid not null,
  fonds_id uuid not null,
  heading text not null check (heading in ('introduction', 'acquisition', 'arrangement', 'keeping', 'appraisal', 'statistics', 'use', 'informatisation')),
  title text not null check (title <> ''),
  -- As it stands on the paper: YYYY, YYYY-MM or YYYY-MM-DD.
  dated text collate "C",
  author text,
  body text,
  version int not null default 1,
  created_at timestamptz not null,
  created_by_name text not null,
  updated_at timestamptz not null,
  updated_by_name text not null
);
create index document_list on fondsfile.document (fonds_id, heading, dated, id);

create table fondsfile.file (
  id uuid primary key,
  document_id uuid not null references fondsfile.document on delete cascade,
  archive_id uuid not null,
  position int not null,
  name text not null,
  bytes bigint not null,
  sha512 text not null
);
create index file_list on fondsfile.file (document_id, position);
create index file_content on fondsfile.file (sha512);

-- The archive's own papers: for those with a post for the whole of it.
do $$
declare t text;
begin
  foreach t in array array['document', 'file'] loop
    execute format('alter table fondsfile.%I enable row level security', t);
    execute format($p$create policy scope on fondsfile.%I to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
      with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    execute format('grant select, insert, update, delete on fondsfile.%I to lantai_app', t);
  end loop;
end $$;
