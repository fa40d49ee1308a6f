-- Many entries changed at one stroke: what is to be done, and to which. The id is that of the changeset it makes.
create table holdings.bulk_edit (
  id uuid primary key,
  archive_id uuid not null references holdings.archive,
  acts jsonb not null,
  -- What was chosen: ids, or a filter with the order entries are numbered in.
  selection jsonb not null,
  begun_by uuid,
  begun_by_name text not null,
  begun_at timestamptz not null,
  -- How many were chosen, once they are written down; from then on the choice stands, whatever becomes of the entries.
  chosen int,
  job_id uuid,
  finished_at timestamptz
);
create index bulk_edit_list on holdings.bulk_edit (archive_id, id);
-- The chosen ones, some thousand in a row, in their order; and what was done to them, written in the transaction that does it.
create table holdings.bulk_edit_part (
  edit_id uuid not null references holdings.bulk_edit on delete cascade,
  archive_id uuid not null,
  part int not null,
  unit_ids uuid[] not null,
  done boolean not null default false,
  changed int not null default 0,
  unchanged int not null default 0,
  -- How many were left out, by why, and the first of them.
  skipped jsonb not null default '{}',
  samples jsonb not null default '[]',
  primary key (edit_id, part)
);
do $$
declare t text;
begin
  foreach t in array array['bulk_edit', 'bulk_edit_part'] loop
    execute format('alter table holdings.%I enable row level security', t);
    execute format($p$create policy of_place on holdings.%I to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
        or archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]))
      with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
        or archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]))$p$, t);
    execute format('grant select, insert, update on holdings.%I to lantai_app', t);
  end loop;
end $$;
