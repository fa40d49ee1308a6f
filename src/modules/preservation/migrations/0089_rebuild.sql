-- Rows that wait are known by their keys: the newest stands, older ones of the same key are passed over.
alter table preservation.rebuild_waiting add column key jsonb not null;
create unique index rebuild_waiting_key on preservation.rebuild_waiting (tbl, key);
drop index preservation.rebuild_waiting_tbl;
alter table preservation.rebuild_waiting drop column taken_at;
-- Which tables a segment has rows of, so that it is opened for those alone.
alter table preservation.rebuild_segment add column tables text[] not null default '{}', drop column done;
alter table preservation.rebuild_object add column package smallint;
