-- What checks found of one record is shown at the record.
create index run_agency on checks.run (agency_id, about, id) where agency_id is not null;
create index finding_object on checks.finding (object);
