-- The days that decide with the status.
alter table search.entry add column opens_on date, add column embargo_until date;

-- Who asks, as lists that entries are compared with; the kernel tells them for one transaction.
create type search.reach as (
  sees_all boolean, today date, archives uuid[], categories text[], embargo_archives uuid[], embargo_categories text[],
  units uuid[], fonds text[]);
