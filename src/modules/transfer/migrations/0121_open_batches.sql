-- What waits for somebody is asked for on everybody's first page.
create index batch_open on transfer.batch (moved_at) where state not in ('accepted', 'withdrawn', 'blocked', 'removed');
