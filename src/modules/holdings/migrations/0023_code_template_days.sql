-- One template a day for each scope: a later one takes its place from its day on, what was given before stays.
create unique index code_template_scope on holdings.code_template (archive_id, fonds_id, category, valid_from)
  nulls not distinct;
alter table holdings.code_template add column created_at timestamptz not null default now(),
  add column created_by_name text not null default '';
