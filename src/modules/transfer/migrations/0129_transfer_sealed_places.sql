-- Where in a batch something bears a classification is itself not to be read: names and titles stand here sealed with the master key.
-- What earlier versions left open is sealed by the clock of the house.
alter table transfer.classified alter column place drop not null;
alter table transfer.classified add column sealed text;
alter table transfer.classified add constraint classified_place check (num_nonnulls(place, sealed) = 1);
create index classified_open on transfer.classified (batch_id) where place is not null;
