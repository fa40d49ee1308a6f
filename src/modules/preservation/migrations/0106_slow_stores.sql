-- Since when a store answers far too slowly; null while it does not.
alter table preservation.store add column slow_since timestamptz;
