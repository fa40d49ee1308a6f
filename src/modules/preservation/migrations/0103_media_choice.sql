-- A plan may be of one fonds, or of the years its entries were formed in, and not of all that no medium holds yet.
alter table preservation.media_plan
  add column fonds_id uuid references holdings.fonds on delete set null,
  add column year_from int,
  add column year_to int,
  add constraint media_plan_years check (year_from is null or year_to is null or year_from <= year_to);
