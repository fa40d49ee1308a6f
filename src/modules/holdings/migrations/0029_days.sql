-- A change of access may name the day an opening takes effect, and put records under an embargo or lift it; the status may
-- stay as it is. What stands in null is not changed.
alter table holdings.access_change
  alter column status drop not null,
  add column opens_on date check (opens_on is null or status is not distinct from 'open'),
  add column embargo text check (embargo in ('set', 'lifted')),
  add column embargo_until date check ((embargo_until is not null) = (embargo is not distinct from 'set')),
  add check (status is not null or embargo is not null);
alter table holdings.access_change_unit add column before_opens_on date, add column before_embargo_until date;
