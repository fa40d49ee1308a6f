-- Finding a unit by what its code and a file name share: from the sort key, where digit runs already stand with their length
-- and without leading zeros, so that the separators can go. A tenth of the price of the keys made by regular expressions, which
-- still decide what was found.
create function holdings.letters_and_digits(sort_key text) returns text language sql immutable strict parallel safe as
  $$ select translate(split_part(sort_key, E'\t', 1), E' !"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~·、。，：；〈〉《》「」『』【】〔〕—…', '') $$;
drop index holdings.unit_code_key;
create index unit_letters_and_digits on holdings.unit (archive_id, holdings.letters_and_digits(sort_key))
  where reference_code is not null;
