-- The history of descriptions comes back from the storage root (src/modules/holdings/kept.ts).
select preservation.keep('holdings.changeset', 'archive', 'archive_id', 'id');
select preservation.keep('holdings.unit_change', 'archive', 'archive_id', 'id');
