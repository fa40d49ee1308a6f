-- How an archive describes comes back from the storage root (src/modules/holdings/kept.ts).
select preservation.keep('holdings.description_scheme', 'archive', 'archive_id', 'id');
