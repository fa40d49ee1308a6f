-- Whoever works in an agency is limited to its fonds, which are asked for with each of his requests.
create index fonds_agency on holdings.fonds (agency_id) where agency_id is not null;
