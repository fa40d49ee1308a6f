-- What waits for another person, runs or was stopped is looked for among all that was ever rearranged.
create index rearrangement_open on holdings.rearrangement (archive_id, id) where state in ('waiting', 'queued', 'failed');
