-- Under row-level security PostgreSQL uses an index only for what can not leak, and it holds coalesce and functions of ours for
-- leaky: a page of a fonds was read by scanning. Columns of their own can not leak.
alter table holdings.unit
  -- What a unit stands directly under: a unit or its fonds.
  add column under_id uuid not null generated always as (coalesce(parent_id, fonds_id)) stored,
  add column match_key text collate "C" generated always as (holdings.letters_and_digits(sort_key)) stored;
drop index holdings.unit_siblings, holdings.unit_letters_and_digits;
create index unit_under on holdings.unit (under_id, position, id);
create index unit_match_key on holdings.unit (archive_id, match_key) where reference_code is not null;
