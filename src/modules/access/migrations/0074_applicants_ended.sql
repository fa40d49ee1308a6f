-- The time an applicant's identity is kept after a request is over ends: what is left is its mask. When that was done.
alter table access.certificate add column applicant_ended_at timestamptz;
create index certificate_applicant_due on access.certificate (id)
  where applicant_ended_at is null and state in ('issued', 'rejected', 'revoked');
