-- Long work a person waits for or may look up. The queue itself is pg-boss's (schema pgboss).
create table lantai.job (
  id uuid primary key,
  kind text not null,
  archive_id uuid,
  title text not null default '',
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  progress jsonb not null default '{}',
  result jsonb,
  error text,
  attempt int not null default 0,
  created_by uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index job_by_time on lantai.job (archive_id, created_at desc);
create index job_unfinished on lantai.job (created_at) where state in ('queued', 'running');
alter table lantai.job enable row level security;
create policy job_scope on lantai.job to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
grant select, insert, update on lantai.job to lantai_app;
