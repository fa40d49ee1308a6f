-- Entries by the names they have in other systems (number in the source system, ARK, address), a line each.
create index unit_identifiers on holdings.unit using gin (string_to_array(description ->> 'identifiers', E'\n'))
  with (fastupdate = off) where description ? 'identifiers';
