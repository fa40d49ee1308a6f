-- The ids of an import's units begin with the import's own time, so that the primary key finds them: one index less to write.
drop index holdings.unit_import;
