-- Where a unit of the organisation stands, and which agency it or a fonds is of, is asked for like a right where somebody's post
-- reaches other records by it. What was, stands with what is asked for.
alter table identity.rights_change
  drop constraint rights_change_kind_check,
  add constraint rights_change_kind_check
    check (kind in ('give', 'end', 'post', 'role', 'retire', 'organisation', 'fonds')),
  add column before jsonb;
