-- Entries of drop folders 投递文件夹: claimed here before anything is moved, so that two processes that watch one folder take each once,
-- and a process that comes after a kill knows where the one before it stood.
create table intake.drop_entry (
  id uuid primary key,
  system_id uuid not null references intake.system,
  -- As it lay there; the entry's own id where it may not be named.
  name text not null,
  -- claimed: to be moved aside; taken: moved aside, to be sent; answered: sent or refused, its receipt to be written; over.
  step text not null default 'claimed' check (step in ('claimed', 'taken', 'answered', 'over')),
  leased_until timestamptz not null,
  outcome text check (outcome in ('taken', 'changed', 'unchanged', 'refused', 'setAside')),
  code text,
  receipt jsonb,
  failure text,
  at timestamptz not null,
  ended_at timestamptz
);
create unique index drop_entry_open on intake.drop_entry (system_id, name) where step <> 'over';
create index drop_entry_list on intake.drop_entry (system_id, id);
alter table intake.drop_entry enable row level security;
create policy reach on intake.drop_entry to lantai_app
  using (exists (select 1 from intake.system s where s.id = system_id and ((select lantai.sees_all())
    or s.agency_id = any ((select lantai.filing_agencies())::uuid[]))));
grant select on intake.drop_entry to lantai_app;
