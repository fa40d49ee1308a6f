-- Leave is asked for by one person and given by another. What was given before this rule stays given.
alter table holdings.access_grant
  add column state text not null default 'approved' check (state in ('proposed', 'approved', 'rejected')),
  add column decided_by uuid,
  add column decided_by_name text,
  add column decided_at timestamptz,
  add column note text,
  add check (state <> 'proposed' or (decided_at is null and revoked_at is null)),
  add check (decided_by is null or (decided_by <> person_id and decided_by is distinct from given_by));
alter table holdings.access_grant alter column state set default 'proposed';
drop index holdings.access_grant_person;
create index access_grant_person on holdings.access_grant (person_id, valid_until) where revoked_at is null and state = 'approved';
