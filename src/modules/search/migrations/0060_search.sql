-- The search index: a view of catalogue and page text that can be thrown away and built again.
-- The application's role reads it through search.find and search.passages alone, because under row-level security
-- PostgreSQL would not use the inverted index (text operators are not leakproof); both apply search.visible.
create schema search;
grant usage on schema search to lantai_app;

-- Labels of archives and fonds as hits and facets show them.
create table search.archive (
  id uuid primary key,
  -- This archive and all above it.
  path uuid[] not null,
  code text not null,
  name text not null,
  name_hant text,
  name_en text
);
create table search.fonds (
  archive_id uuid not null,
  number text not null,
  name text not null,
  primary key (archive_id, number)
);

-- Segment 0: the description of a unit. Segments 1, 2, …: the text of its pages 1 to 16, 17 to 32, …
create table search.entry (
  unit_id uuid not null,
  archive_id uuid not null,
  segment int not null,
  year int,
  -- First day as YYYYMMDD; 99999999 where the date is not known.
  date_key int not null,
  title_length smallint not null,
  -- A number drawn from the unit's id: an order that has nothing to do with content.
  chance int not null,
  level text not null,
  fonds_no text not null,
  category text,
  retention text,
  access_status text not null,
  classification text not null,
  date_text text,
  reference_code text,
  sort_key text collate "C" not null,
  title text not null,
  -- Title and other elements, folded, one line each; the first line is the title.
  folded text not null,
  -- Words by field (t title, o other element, p page or description of a page's unit) and what is filtered by:
  -- A archive, F fonds, C category, Y year, R retention, S access status, L level, K whole code, X open to everybody,
  -- Z one unit in 64, ZZ one in 1024 (samples for estimates).
  terms tsvector not null,
  primary key (unit_id, segment)
);
-- Where sixteen pages' terms do not fit in a row they are kept beside it as they are: packing them costs more than it saves.
alter table search.entry alter terms set storage external;
create index entry_terms on search.entry using gin (terms) with (gin_pending_list_limit = 32768);
create index entry_chance on search.entry (chance, unit_id);
create index entry_date on search.entry (date_key, unit_id);
create index entry_reference on search.entry (sort_key, unit_id);
-- The planner knows the common words of the catalogue only if it keeps enough of them.
alter table search.entry alter terms set statistics 1000;

create table search.page (
  unit_id uuid not null,
  page_no int not null check (page_no > 0),
  confidence real,
  text text not null,
  folded text not null,
  primary key (unit_id, page_no)
);

alter table search.archive enable row level security;
alter table search.fonds enable row level security;
alter table search.entry enable row level security;
alter table search.page enable row level security;

-- The rule of visibility, in one place: staff see what their archives hold, everybody sees what is open.
create function search.visible(archive_id uuid, access_status text, classification text, sees_all boolean, scope uuid[])
returns boolean language sql immutable parallel safe as
  $$ select sees_all or archive_id = any (scope) or (access_status = 'open' and classification = 'public') $$;

-- One of these archives, as terms; null where they are so many that asking each entry is quicker.
create function search.archive_terms(archives uuid[]) returns tsquery language sql immutable as $$
  select case when cardinality(archives) between 1 and 16 then
    (select string_agg('''A' || right(a::text, 12) || '''', ' | ') from unnest(archives) as u (a))::tsquery end
$$;

-- The rule of visibility as terms, to let the index skip what may not be seen. Never the rule itself: search.visible is asked too.
create function search.visible_terms(sees_all boolean, scope uuid[]) returns tsquery language sql immutable as $$
  select case when sees_all then null when cardinality(scope) = 0 then '''X'''::tsquery
    else '''X'''::tsquery || search.archive_terms(scope) end
$$;
