-- Dates of a year: among all dates they would be met only after those of all years behind it.
create index unit_year_dates on holdings.unit
  (archive_id, year, date_from, id, level, category, retention, access_status);
