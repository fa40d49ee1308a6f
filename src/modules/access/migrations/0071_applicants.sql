-- Who approves a request has to see who asks. Name and number in full are kept closed under the master key, apart from
-- what lists and papers show; each opening leaves an entry in the audit trail. Null for requests made before.
alter table access.certificate add column applicant_sealed text;
