-- Which handover a record is in: one at the most at any time. `inBatch`: its batch is still the agency's to change, and so is the
-- record; `handingOver`: it was laid out to be sent, and stands fast until the archive has decided.
alter table filing.record add column handover_id uuid;
alter table filing.record drop constraint record_state_check;
alter table filing.record add constraint record_state_check
  check (state in ('registered', 'filed', 'inBatch', 'handingOver', 'handedOver'));
alter table filing.record add constraint record_in_one_handover
  check (case when state in ('registered', 'filed') then handover_id is null
    when state in ('inBatch', 'handingOver') then handover_id is not null else true end);
create index record_handover on filing.record (handover_id, sort_key, id) where handover_id is not null;
