-- A long list of what was just written suits an import alone, which says so and works it in beside itself.
alter index search.entry_terms reset (gin_pending_list_limit);
-- An index that holds nothing yet needs no renewal.
update search.state set version = 2 where version = 1 and not exists (select from search.entry);
-- The rule is said by search.exists_for and search.content_for.
drop function search.visible(uuid, text, text, boolean, uuid[]);
