-- The rule of visibility on entries: src/kernel/visibility, and a test compares the two.
create or replace function search.asker(part text) returns search.reach language sql stable as $$
  select row(lantai.sees_all(), lantai.today(),
    case part when 'exists' then lantai.scope_archives() else lantai.reach(part, 'archives')::uuid[] end,
    lantai.reach(part, 'parts'), lantai.reach(part, 'embargoArchives')::uuid[], lantai.reach(part, 'embargoParts'),
    lantai.reach(part, 'units')::uuid[], lantai.reach(part, 'fondsNumbers'))::search.reach $$;

-- Whether an entry exists for the asker. Both are written into the query by the planner, which it does only with what is immutable
-- throughout (so the casts); empty lists are asked about first, so that they fall away there. Categories are the parts of archives
-- that posts are limited to: of an archive a category, of a fonds all or a category.
create or replace function search.exists_for(e search.entry, asker search.reach) returns boolean language sql immutable parallel safe as $$
  select asker.sees_all
    or e.archive_id = any (asker.archives)
    or e.access_status = 'open' and e.classification = 'public' and (e.opens_on is null or e.opens_on <= asker.today)
      and (e.embargo_until is null or e.embargo_until <= asker.today)
    or cardinality(asker.categories) > 0 and array[e.archive_id::text || '/' || e.category,
      e.archive_id::text || '|' || e.fonds_no, e.archive_id::text || '|' || e.fonds_no || '/' || e.category] && asker.categories
    or cardinality(asker.units) > 0 and e.unit_id = any (asker.units)
    or cardinality(asker.fonds) > 0 and e.archive_id::text || '/' || e.fonds_no = any (asker.fonds) $$;

-- Whether the asker may look into it.
create or replace function search.content_for(e search.entry, asker search.reach) returns boolean language sql immutable parallel safe as $$
  select asker.sees_all
    or (e.archive_id = any (asker.archives)
        or cardinality(asker.categories) > 0 and array[e.archive_id::text || '/' || e.category,
          e.archive_id::text || '|' || e.fonds_no, e.archive_id::text || '|' || e.fonds_no || '/' || e.category] && asker.categories)
      and (e.embargo_until is null or e.embargo_until <= asker.today or e.archive_id = any (asker.embargo_archives)
        or cardinality(asker.embargo_categories) > 0 and array[e.archive_id::text || '/' || e.category,
          e.archive_id::text || '|' || e.fonds_no, e.archive_id::text || '|' || e.fonds_no || '/' || e.category] && asker.embargo_categories)
    or (e.access_status = 'open' and e.classification = 'public' and (e.opens_on is null or e.opens_on <= asker.today)
        or cardinality(asker.units) > 0 and e.unit_id = any (asker.units)
        or cardinality(asker.fonds) > 0 and e.archive_id::text || '/' || e.fonds_no = any (asker.fonds))
      and (e.embargo_until is null or e.embargo_until <= asker.today) $$;

-- The same as terms, to let the index skip what may not be seen; null where terms can not say it. Never the rule itself.
create or replace function search.terms_for(asker search.reach) returns tsquery language sql immutable as $$
  select case when asker.sees_all or cardinality(asker.categories) + cardinality(asker.units) + cardinality(asker.fonds) > 0 then null
    else search.visible_terms(false, asker.archives) end $$;

create or replace function search.all_of(a tsquery, b tsquery) returns tsquery language sql immutable parallel safe as
  $$ select case when a is null then b when b is null then a else a && b end $$;

-- Titles of this length, as a term, where they are short enough to have one.
create or replace function search.long_as(characters int) returns tsquery language sql immutable as
  $$ select case when characters <= 40 then format('''T%s''', characters)::tsquery end $$;

-- The query as text whose rows are `found`: descriptions, then units found by their pages.
create or replace function search.found_sql(from_catalogue text, from_pages text, catalogue tsquery, pages tsquery, more text, cap int)
returns text language sql immutable as $$
  select 'with found as materialized ((' || array_to_string(array[
      replace(replace(from_catalogue, '<terms>', case when catalogue is null then 'true' else format('e.terms @@ %L', catalogue) end), '<more>', more),
      replace(replace(from_pages, '<terms>', case when pages is null then 'true' else format('e.terms @@ %L', pages) end), '<more>', more)
    ], format(' limit %s) union all (', cap)) || format(' limit %s))', cap) $$;

-- Counts by what can be filtered on, over the rows of `found`: [[facet, archive, value, count], …].
create or replace function search.facets_sql(scale int) returns text language sql immutable as $$
  select format($q$coalesce((select jsonb_agg(jsonb_build_array(facet, archive_id, value, n)) from (
    select *, row_number() over (partition by facet order by n desc, value) as place from (
      select case grouping(archive_id, fonds_no, category, year, retention, access_status, level)
               when 63 then 'archive' when 31 then 'fonds' when 111 then 'category' when 119 then 'year'
               when 123 then 'retention' when 125 then 'access' else 'level' end as facet,
             archive_id, coalesce(fonds_no, category, year::text, retention, access_status, level) as value, count(*) * %s as n
      from found
      group by grouping sets ((archive_id), (archive_id, fonds_no), (category), (year), (retention), (access_status), (level))
    ) g) r where place <= 200), '[]')$q$, scale) $$;

-- One condition of a query as SQL, of an entry under this alias (src/modules/search/query/condition.ts says what there is). Part: described, titled
-- (only what stands in the title, or is asked of another place) or paged. Everything of the query is quoted or a number.
create or replace function search.condition(c jsonb, part text, alias text, reader search.reach) returns text language plpgsql immutable as $condition$
declare
  patterns text;
  found text;
  on_page constant text := format('exists (select from search.page g where g.unit_id = %1$s.unit_id
    and g.page_no between %1$s.segment * 16 - 15 and %1$s.segment * 16 and g.folded like any ', alias);
begin
  case
    when c is null or c = 'null' then return 'true';
    when c ? 'all' then
      return '(' || (select string_agg(search.condition(x, part, alias, reader), ' and ') from jsonb_array_elements(c -> 'all') x) || ')';
    when c ? 'any' then
      return '(' || (select string_agg(search.condition(x, part, alias, reader), ' or ') from jsonb_array_elements(c -> 'any') x) || ')';
    when c ? 'not' then
      -- Of the whole unit, as far as the asker may look into it: what stands on pages that are not to be read excludes nothing.
      return format('((%s) is not true', search.condition(c -> 'not', 'described', alias, reader))
        || case when jsonb_path_exists(c, '$.** ? (@.in == "anywhere" || @.in == "text")') then
          format(' and not exists (select from search.entry %1$sn where %1$sn.unit_id = %1$s.unit_id and %1$sn.segment > 0
            and search.content_for(%1$sn, %2$L::search.reach) and %3$s)', alias, reader, search.condition(c -> 'not', 'paged', alias || 'n', reader))
          else '' end || ')';
    when c ? 'years' then return format('%s.year between %s and %s', alias, (c #>> '{years,0}')::int, (c #>> '{years,1}')::int);
    when c ? 'days' then return format('%s.date_key between %s and %s', alias, (c #>> '{days,0}')::int, (c #>> '{days,1}')::int);
    when c ? 'code' then
      return format('replace(%s.folded || chr(10), '' '', '''') like %L', alias, '%' || chr(10) || (c ->> 'code') || '%');
    else null;
  end case;
  patterns := '(' || quote_literal(array(select jsonb_array_elements_text(c -> 'patterns'))) || '::text[])';
  found := case
    when c ->> 'in' = 'title' or c ->> 'in' = 'anywhere' and part = 'titled' then format('split_part(%s.folded, chr(10), 1) like any %s', alias, patterns)
    when c ->> 'in' = 'text' then case when part = 'paged' then on_page || patterns || ')' else 'false' end
    when c ->> 'in' = 'line' or (c ->> 'lines')::boolean then
      format('exists (select from string_to_table(%s.folded, chr(10)) as l where l like any %s)', alias, patterns)
    else format('%s.folded like any %s', alias, patterns) end;
  if part = 'paged' and c ->> 'in' = 'anywhere' then found := found || ' or ' || on_page || patterns || ')'; end if;
  if c ? 'terms' then
    found := format('%s.terms @@ %L or ', alias,
      c #>> array['terms', case part when 'paged' then 'page' when 'titled' then 'title' else 'catalogue' end]) || found;
  end if;
  return '(' || found || ')';
end
$condition$;

-- Finds what the asker of this transaction (lantai.scope, lantai.archives, lantai.reach) may see; by pages, what he may look into.
--
-- A sample (one unit in 64 or in 1024, a term of the index like any other) says how much is there. Little: all of it
-- is fetched, counted and sorted. Much ("wide"): total and facets are scaled up from the sample and said to be so, and
-- the page is read along an index of the sort order, which much of anything soon fills. By relevance that order is, within
-- each class, the drawn number, so that no content lies unluckily; by date or code it can, and then the stretch of the
-- order that by the sample holds the page is fetched through the inverted index.
--
-- ask: title, catalogue, page (tsqueries of what is asked per part; null where the index is asked nothing), condition (what terms alone do
-- not decide, see search.condition), code (the whole query as a code), code_term, code_prefix (tsqueries of it and of codes that begin with
-- it), whole (the words in a row, folded), whole_title, whole_number (tsqueries of it in a title, and in a document number), near (the
-- words one by one, where there are several), filters (tsquery), archives (ids or codes; what is below them is meant too), levels, from, to (years), sort (relevance, dateAsc, dateDesc, reference), after {class, key, id,
-- wide}, limit, facets.
-- Classes of hits: 0 the code itself, 1 the document number, 2 the whole title, 3 the words in a row in the title, 4 all words in the title,
-- 5 in the description, 6 with words of the pages. Within a class those whose words stand closest come first, then the shortest titles.
create or replace function search.find(ask jsonb) returns jsonb language plpgsql security definer
  set search_path = pg_catalog, pg_temp set jit = off set work_mem = '64MB' set max_parallel_workers_per_gather = 0
as $find$
declare
  exact_up_to constant int := 10000;
  -- Looking into pages costs more than looking into descriptions.
  exact_pages_up_to constant int := 300;
  -- The place in the sample up to which a page of results is sought: 64 times as many rows are expected there.
  reach constant int := 12;
  asker constant search.reach := search.asker('exists');
  reader constant search.reach := search.asker('content');
  sort constant text := ask ->> 'sort';
  wanted constant int := (ask ->> 'limit')::int;
  wide boolean := (ask #>> '{after,wide}')::boolean;
  key text := case sort when 'relevance' then 'rank' when 'reference' then 'sort_key' else 'date_key' end;
  ordering text := case sort when 'relevance' then 'class, rank, unit_id' when 'reference' then 'sort_key, unit_id'
    when 'dateAsc' then 'date_key, unit_id' else 'date_key = 99999999, date_key desc, unit_id desc' end;
  a_key constant text := ask #>> '{after,key}';
  an_id constant text := ask #>> '{after,id}';
  first_class constant int := coalesce((ask #>> '{after,class}')::int, 0);
  limits tsquery := search.all_of(search.terms_for(asker), (ask ->> 'filters')::tsquery);
  page_limits tsquery := search.all_of(search.terms_for(reader), (ask ->> 'filters')::tsquery);
  catalogue tsquery;
  pages tsquery;
  within text[];
  below uuid[];
  columns constant text := 'e.unit_id, e.archive_id, e.fonds_no, e.category, e.year, e.retention, e.access_status, e.level, e.title_length, e.chance, e.date_key, e.sort_key';
  rest text := 'true';
  seen constant text := format('search.exists_for(e, %L::search.reach)', asker);
  read constant text := format('search.content_for(e, %L::search.reach)', reader);
  described text := search.condition(ask -> 'condition', 'described', 'e', reader);
  titled constant text := search.condition(ask -> 'condition', 'titled', 'e', reader);
  paged constant text := search.condition(ask -> 'condition', 'paged', 'e', reader);
  whole constant text := ask ->> 'whole';
  gap text := '0';
  codes constant text := 'replace(e.folded || chr(10), '' '', '''')';
  class_of text := '4';
  after_found text := 'true';
  after_row text := 'true';
  upto text;
  more text;
  attempt text;
  within_reach text;
  walking constant text := case sort when 'relevance' then 'e.chance, e.unit_id' when 'reference' then 'e.sort_key, e.unit_id'
    when 'dateAsc' then 'e.date_key, e.unit_id' else 'e.date_key desc, e.unit_id desc' end;
  from_catalogue text;
  from_pages text;
  lazy_pages text;
  undescribed text;
  one_in int;
  sampling tsquery;
  years tsquery;
  sample jsonb;
  estimate bigint;
  answer jsonb;
  hits jsonb := '[]';
  part jsonb;
begin
  if ask ->> 'archives' is not null then
    within := array(select jsonb_array_elements_text(ask -> 'archives'));
    below := array(select a.id from search.archive a
      where a.path && array(select id from search.archive where id::text = any (within) or code = any (within)));
    rest := rest || format(' and e.archive_id = any (%L::uuid[])', below);
    limits := search.all_of(search.archive_terms(below), limits);
    page_limits := search.all_of(search.archive_terms(below), page_limits);
  end if;
  if ask ->> 'levels' is not null then rest := rest || format(' and e.level = any (%L::text[])', array(select jsonb_array_elements_text(ask -> 'levels'))); end if;
  if ask ->> 'from' is not null then rest := rest || format(' and e.year >= %s', (ask ->> 'from')::int); end if;
  if ask ->> 'to' is not null then rest := rest || format(' and e.year <= %s', (ask ->> 'to')::int); end if;

  if (ask ->> 'to')::int - (ask ->> 'from')::int between 0 and 40 then
    select string_agg(format('''Y%s''', y), ' | ')::tsquery into years from generate_series((ask ->> 'from')::int, (ask ->> 'to')::int) as g (y);
  end if;
  catalogue := search.all_of((ask ->> 'catalogue')::tsquery, limits);
  pages := search.all_of((ask ->> 'page')::tsquery, page_limits);

  if ask ->> 'catalogue' is not null then
    class_of := format('case when e.terms @@ %L and %s then 4 else 5 end', ask ->> 'title', titled);
  end if;
  if jsonb_array_length(ask -> 'near') > 1 then
    -- How many characters stand between and among the words where they come first; many where one stands in another form.
    select format('case when least(%1$s) = 0 then 400 else least(400, greatest(0, greatest(%2$s) - least(%1$s) - %3$s)) end',
        string_agg(format('strpos(e.folded, %L)', w), ', '), string_agg(format('strpos(e.folded, %L) + %s', w, length(w)), ', '), sum(length(w)))
      into gap from jsonb_array_elements_text(ask -> 'near') as w;
    class_of := format('case when e.terms @@ %L and split_part(e.folded, chr(10), 1) like %L then 3 else %s end',
      ask ->> 'whole_title', '%' || whole || '%', class_of);
  end if;
  if whole is not null then
    class_of := format('case when e.title_length = %s and split_part(e.folded, chr(10), 1) = %L then 2 else %s end', length(whole), whole, class_of);
  end if;
  if ask ->> 'code' is not null then
    -- Codes stand one to a line below the title; their terms are shared with their neighbours.
    described := format('(e.terms @@ %L and %s like %L or e.terms @@ %L and %s)', ask ->> 'code_prefix', codes,
      '%' || chr(10) || (ask ->> 'code') || '%', ask ->> 'catalogue', described);
    class_of := format('case when e.terms @@ %L and %s like %L then 0 when e.folded || chr(10) like %L then 1 else %s end', ask ->> 'code_term', codes,
      '%' || chr(10) || (ask ->> 'code') || chr(10) || '%', '%' || chr(10) || 'W' || whole || chr(10) || '%', class_of);
    catalogue := search.all_of((ask ->> 'catalogue')::tsquery || (ask ->> 'code_prefix')::tsquery, limits);
  end if;
  -- Both with places for <terms>, what the index is asked, and <more>, further conditions.
  from_catalogue := 'select ' || columns || ', ' || class_of || ' as class, ' || gap || ' * 10000 + e.title_length as rank from search.entry e where e.segment = 0 and <terms> and '
    || seen || ' and ' || rest || ' and ' || described || ' and <more>';
  if pages is not null and ask ->> 'page' is not null then
    undescribed := 'not exists (select from search.entry d where d.unit_id = e.unit_id and d.segment = 0 and '
      || replace(case when catalogue is null then described || ')' else format('e.terms @@ %L and %s)', catalogue, described) end, 'e.', 'd.');
    from_pages := 'select distinct on (e.unit_id) ' || columns || ', 6 as class, e.title_length::int as rank from search.entry e where e.segment > 0 and <terms> and '
      || read || ' and ' || rest || ' and ' || paged || ' and <more> and ' || undescribed;
    -- In order first, so that only as many pages are looked into as a page of results needs.
    lazy_pages := 'select distinct on (e.chance, e.unit_id) ' || columns || ', 6 as class, e.title_length::int as rank from (select * from search.entry e where e.segment > 0 and <terms> and '
      || read || ' and ' || rest || ' and <more> order by e.chance, e.unit_id offset 0) e where ' || paged || ' and ' || undescribed || ' order by e.chance, e.unit_id';
  end if;

  if a_key is not null then
    after_found := case
      when sort = 'relevance' then format('(class, rank, unit_id) > (%s, %s, %L::uuid)', first_class, a_key::int, an_id)
      when sort = 'dateAsc' then format('(date_key, unit_id) > (%s, %L::uuid)', a_key::int, an_id)
      when sort = 'reference' then format('(sort_key, unit_id) > (%L::text collate "C", %L::uuid)', a_key, an_id)
      when a_key = '99999999' then format('(date_key = 99999999 and unit_id < %L::uuid)', an_id)
      else format('(date_key = 99999999 or (date_key, unit_id) < (%s, %L::uuid))', a_key::int, an_id) end;
    after_row := case when sort = 'relevance' then format('(e.chance, e.unit_id) > (%s, %L::uuid)', a_key::int, an_id)
      else regexp_replace(after_found, '(date_key|sort_key|unit_id)', 'e.\1', 'g') end;
  end if;

  select case when reltuples > 4e6 then 1024 else 64 end, case when reltuples > 4e6 then 'ZZ' else 'Z' end
    into one_in, sampling from pg_class where oid = 'search.entry'::regclass;
  execute search.found_sql(from_catalogue, from_pages, search.all_of(catalogue, sampling), search.all_of(pages, sampling), 'true', 2000000)
    || format($q$ select jsonb_build_object('n', (select count(*) from found),
      'classes', (select jsonb_object_agg(class, n) from (select class, count(*) as n from found group by class) c),
      'reach', (select jsonb_build_array(%I, unit_id) from found where %s order by %s offset %s limit 1),
      'facets', %s)$q$, key, case when sort = 'relevance' then 'false' else after_found end, ordering, reach - 1,
      case when (ask ->> 'facets')::boolean then search.facets_sql(one_in) else '''[]''::jsonb' end)
    into sample;
  estimate := (sample ->> 'n')::bigint * one_in;
  wide := coalesce(wide, estimate > exact_up_to
    or (paged <> 'true' and coalesce((sample #>> '{classes,6}')::bigint, 0) * one_in > exact_pages_up_to));
  catalogue := search.all_of(catalogue, years);
  pages := search.all_of(pages, years);

  if not wide then
    execute search.found_sql(from_catalogue, from_pages, catalogue, pages, 'true', exact_up_to * 2)
      || format($q$ select jsonb_build_object('total', (select count(*) from found), 'hits', coalesce((select jsonb_agg(jsonb_build_array(class, key, unit_id))
          from (select class, %I as key, unit_id from found where %s order by %s limit %s) h), '[]'), 'facets', %s)$q$,
        key, after_found, ordering, wanted, case when (ask ->> 'facets')::boolean then search.facets_sql(1) else '''[]''::jsonb' end)
      into answer;
    hits := answer -> 'hits';
    wide := (answer ->> 'total')::bigint >= exact_up_to * 2;
  end if;

  if wide then
    answer := jsonb_build_object('total', estimate, 'facets', sample -> 'facets');
    hits := '[]';
    upto := search.up_to(sort, sample -> 'reach');
    if sort = 'relevance' then
      key := 'chance';
      ordering := 'chance, unit_id';
    end if;
    for arm in (case when sort = 'relevance' then first_class else 0 end) .. (case when sort = 'relevance' then 6 else 0 end) loop
      continue when sort = 'relevance' and (arm < 2 and ask ->> 'code' is null or arm = 2 and whole is null
        or arm = 3 and gap = '0' or arm = 6 and from_pages is null);
      more := case when sort <> 'relevance' or arm = first_class then after_row else 'true' end;
      foreach attempt in array array['walk', 'reach', 'all'] loop
        continue when attempt = 'reach' and (sort = 'relevance' or upto is null);
        continue when attempt = 'walk' and case when sort = 'relevance' then arm = 6 or coalesce((sample -> 'classes' ->> arm::text)::bigint, 0) * one_in <= exact_up_to
          else upto is null or sort = 'dateDesc' and sample #>> '{reach,0}' = '99999999' end;
        within_reach := case when attempt = 'all' or sort = 'relevance' then more else more || ' and ' || upto end;
        execute search.found_sql(
            case when sort = 'relevance' and arm = 6 then null
              when attempt = 'walk' then replace(from_catalogue, 'search.entry e where', format('(select * from search.entry e where e.segment = 0 and %s order by %s %s) e where',
                within_reach, walking, case when sort = 'relevance' then 'offset 0' else 'limit 8000' end))
              else from_catalogue end,
            case when sort <> 'relevance' then from_pages when arm = 6 then lazy_pages end,
            case when sort <> 'relevance' then catalogue else search.all_of(search.all_of(case arm when 0 then (ask ->> 'code_term')::tsquery
              when 1 then (ask ->> 'whole_number')::tsquery when 2 then search.all_of((ask ->> 'whole_title')::tsquery, search.long_as(length(whole)))
              when 3 then (ask ->> 'whole_title')::tsquery when 4 then (ask ->> 'title')::tsquery else (ask ->> 'catalogue')::tsquery end, limits), years) end,
            pages, within_reach || case when sort = 'relevance' and arm < 6 then format(' and %s = %s', class_of, arm) else '' end,
            case when attempt = 'walk' or sort = 'relevance' and arm = 6 then wanted - jsonb_array_length(hits) else 2000000 end)
          || format(' select coalesce(jsonb_agg(jsonb_build_array(class, key, unit_id)), ''[]'') from (select class, %I as key, unit_id from found order by %s limit %s) h',
            key, ordering, wanted - jsonb_array_length(hits))
          into part;
        exit when jsonb_array_length(hits) + jsonb_array_length(part) >= wanted or sort = 'relevance';
      end loop;
      hits := hits || part;
      exit when jsonb_array_length(hits) >= wanted;
    end loop;
  end if;

  execute format($q$
    with hit as (select place, (h ->> 0)::int as class, h ->> 1 as key, (h ->> 2)::uuid as unit_id from jsonb_array_elements(%L::jsonb) with ordinality as t (h, place)),
      shown as (select h.place, h.class, h.key, e.* from hit h join search.entry e on e.unit_id = h.unit_id and e.segment = 0 where %s and %s),
      named as (select archive_id, fonds_no from shown union select (f ->> 1)::uuid, f ->> 2 from jsonb_array_elements(%L::jsonb) as f where f ->> 0 in ('archive', 'fonds'))
    select jsonb_build_object(
      'hits', coalesce((select jsonb_agg(jsonb_build_object('class', class, 'key', key, 'id', unit_id, 'referenceCode', reference_code, 'title', title,
        'archive', archive_id, 'fonds', fonds_no, 'date', date_text, 'level', level, 'access', access_status, 'opensOn', opens_on, 'embargoUntil', embargo_until, 'category', category, 'year', year,
        'retention', retention) order by place) from shown), '[]'),
      'archives', coalesce((select jsonb_agg(jsonb_build_object('id', id, 'code', code, 'name', name, 'nameHant', name_hant, 'nameEn', name_en))
        from search.archive where id in (select archive_id from named)), '[]'),
      'fonds', coalesce((select jsonb_agg(jsonb_build_object('archive', f.archive_id, 'number', number, 'name', name))
        from search.fonds f join named n on n.archive_id = f.archive_id and n.fonds_no = f.number), '[]'))$q$,
    hits, seen, rest, answer -> 'facets') into part;
  return part || jsonb_build_object('total', answer -> 'total', 'exact', not wide, 'facets', answer -> 'facets');
end
$find$;

-- Rows not after this key and unit in the order; null where no key is given.
create or replace function search.up_to(sort text, key_and_unit jsonb) returns text language sql immutable as $$
  select case
    when key_and_unit is null then null
    when sort = 'dateAsc' then format('(e.date_key, e.unit_id) <= (%s, %L::uuid)', key_and_unit ->> 0, key_and_unit ->> 1)
    when sort = 'reference' then format('(e.sort_key, e.unit_id) <= (%L::text collate "C", %L::uuid)', key_and_unit ->> 0, key_and_unit ->> 1)
    when key_and_unit ->> 0 = '99999999' then format('(e.date_key < 99999999 or e.unit_id >= %L::uuid)', key_and_unit ->> 1)
    else format('(e.date_key < 99999999 and (e.date_key, e.unit_id) >= (%s, %L::uuid))', key_and_unit ->> 0, key_and_unit ->> 1) end $$;

-- Pages of the given units on which words stand (like patterns, one array per word), the fullest first.
create or replace function search.passages(units uuid[], words jsonb, per_unit int)
returns table (unit_id uuid, page_no int, confidence real, page_text text) language sql stable security definer
  set search_path = pg_catalog, pg_temp set jit = off as $$
  with pattern as (select w.n, array(select jsonb_array_elements_text(w.p)) as p from jsonb_array_elements(words) with ordinality as w (p, n)),
    whole as (select array(select unnest(p) from pattern) as p)
  select b.* from unnest(units) as u (id) join search.entry e on e.unit_id = u.id and e.segment = 0
  cross join lateral (
    select g.unit_id, g.page_no, g.confidence, g.text
    from (select * from search.page g where g.unit_id = u.id and g.folded like any ((select p from whole)::text[]) order by g.page_no limit 64) g
    order by (select count(*) from pattern where g.folded like any (p)) desc, g.page_no limit per_unit) b
  where search.content_for(e, (select search.asker('content'))) $$;

-- What is written goes first to a list that every query reads; after a large import it is worked into the index.
create or replace function search.settle() returns bigint language sql security definer set search_path = pg_catalog, pg_temp as
  $$ select gin_clean_pending_list('search.entry_terms') $$;

revoke execute on all functions in schema search from public;
grant execute on function search.find(jsonb), search.passages(uuid[], jsonb, int) to lantai_app;
