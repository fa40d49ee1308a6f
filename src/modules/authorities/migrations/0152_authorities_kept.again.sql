-- What describes what is held comes back from the storage root (src/modules/authorities/kept.ts says the same).
select preservation.keep('authorities.vocabulary', 'archive', 'archive_id', 'id');
select preservation.keep('authorities.authority', 'archive', 'archive_id', 'id');
select preservation.keep('authorities.name', 'archive', 'archive_id', 'id');
select preservation.keep('authorities.relation', 'archive', 'archive_id', 'id');
select preservation.keep('authorities.unit_link', 'archive', 'archive_id', 'unit_id', 'authority_id', 'role');
select preservation.keep('authorities.fonds_link', 'archive', 'archive_id', 'fonds_id', 'authority_id');
select preservation.keep('authorities.unit_relation', 'archive', 'archive_id', 'id');
select preservation.keep('authorities.merge', 'archive', 'archive_id', 'id');
select preservation.keep('authorities.merge_moved', 'archive', 'archive_id', 'merge_id', 'kind', 'key');
