-- Who asks for a certified copy is kept closed as a whole, under a key of the archive; lists and papers show masks made
-- when they are shown. The columns of 0070 and 0071 are emptied at the next start, which closes what they hold (SQL can
-- not: the keys are not in the database); new rows never fill them.
alter table access.certificate
  alter column applicant_name drop not null,
  alter column applicant_id_number drop not null,
  add column applicant text,
  add column applicant_key uuid references lantai.data_key (id),
  -- Found by exact match: keyed hashes, which tell nothing without the key.
  add column applicant_name_match bytea,
  add column applicant_id_match bytea,
  add column applicant_telephone_match bytea;
create index certificate_unclosed on access.certificate (id) where applicant is null;
create index certificate_applicant_key on access.certificate (applicant_key);
create index certificate_applicant_name on access.certificate (applicant_name_match);
create index certificate_applicant_id on access.certificate (applicant_id_match);
create index certificate_applicant_telephone on access.certificate (applicant_telephone_match);
