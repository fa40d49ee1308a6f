-- As code_key, with leading zeros of every number dropped: people name scans `J019-3-1` for `J019-0003-001`.
create function holdings.loose_code_key(code text) returns text language sql immutable strict parallel safe as
  $$ select regexp_replace(holdings.code_key(code), '(^|[^0-9])0+(?=[0-9])', '\1', 'g') $$;

-- One index serves both: codes with one code_key have one loose_code_key.
drop index holdings.unit_code_key;
create index unit_code_key on holdings.unit (archive_id, holdings.loose_code_key(reference_code))
  where reference_code is not null;
