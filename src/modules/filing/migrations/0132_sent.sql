-- What systems of an agency sent, in the order it changed: they ask what became of it. By transaction and not by the clock: what a
-- long transaction changed does not come to light behind what was read meanwhile.
alter table filing.record add column changed xid8 not null default pg_current_xact_id();
create function filing.mark_changed() returns trigger language plpgsql as $$
begin
  new.changed := pg_current_xact_id();
  return new;
end
$$;
create trigger changed before update on filing.record for each row execute function filing.mark_changed();
create index record_sent on filing.record (agency_id, source, changed, id) where sender_key is not null;
