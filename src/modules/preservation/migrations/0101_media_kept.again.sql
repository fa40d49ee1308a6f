-- The register of media kept off-line comes back from the storage root (segments/tables.ts).
select preservation.keep('preservation.media_plan', 'archive', 'archive_id', 'id');
select preservation.keep('preservation.media_counter', 'archive', 'archive_id', 'archive_id', 'year');
select preservation.keep('preservation.media_object', 'archive', 'archive_id', 'plan_id', 'object_id');
select preservation.keep('preservation.medium', 'archive', 'archive_id', 'id');
select preservation.keep('preservation.medium_move', 'archive', 'archive_id', 'id');
select preservation.keep('preservation.medium_test', 'archive', 'archive_id', 'id');
select preservation.keep('preservation.medium_loss', 'archive', 'archive_id', 'medium_id', 'object_id');
