-- What an import does, or would do, to entries that are held: fields that become others, and some of the rows.
alter table holdings.import add column preview jsonb not null default '{}';
