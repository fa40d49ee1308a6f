-- Tables of ten million entries, filtered by any column and sorted by another. What a table is sorted by is walked in its order;
-- what few entries have is found first and sorted then (store/unitTable). All begin with the archive, as row-level security does,
-- and hold columns alone: functions and the operators of text patterns may leak and would not be used.

-- The small words entries are filtered by, most entries alike in all of them: a list of places for each combination, some
-- eight bytes an entry. PostgreSQL skips over leading columns a filter leaves out.
create index unit_facets on holdings.unit (archive_id, year, category, retention, level, access_status);
create index unit_dates on holdings.unit (archive_id, date_from, id);
create index unit_changed on holdings.unit (archive_id, updated_at, id);
create index unit_titles on holdings.unit (archive_id, title collate "C", id);
create index unit_creators on holdings.unit (archive_id, creator collate "C", id);
