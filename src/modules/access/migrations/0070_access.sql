create schema access;
grant usage on schema access to lantai_app;

-- Certified copies (档案证明): asked for by one person, decided by another, made by a job, never deleted.
create table access.certificate (
  id uuid primary key,
  archive_id uuid not null,
  unit_id uuid not null,
  -- Given when it is approved; unique in the install, because anybody may look it up.
  number text unique,
  pages int[] not null,
  include text not null check (include in ('images', 'text', 'both')),
  matter text not null,
  purpose text not null,
  language text not null,
  -- Masked, as printed. The identity document's number is kept masked alone: nothing here needs it whole.
  applicant_name text not null,
  applicant_id_type text not null,
  applicant_id_number text not null,
  valid_until date,
  state text not null default 'requested' check (state in ('requested', 'approved', 'issued', 'rejected', 'revoked')),
  requested_by uuid not null,
  requested_by_name text not null,
  requested_at timestamptz not null,
  decided_by uuid check (decided_by is distinct from requested_by),
  decided_by_name text,
  decided_at timestamptz,
  note text,
  job_id uuid,
  issued_at timestamptz,
  sha256 text,
  file text,
  revoked_at timestamptz,
  revocation_reason text
);
create index certificate_state on access.certificate (archive_id, state, id);
create index certificate_unit on access.certificate (unit_id);

-- Running numbers of certificates: per archive and year.
create table access.certificate_counter (
  archive_id uuid not null,
  year int not null,
  last int not null,
  primary key (archive_id, year)
);

do $$
declare t text;
begin
  foreach t in array array['certificate', 'certificate_counter'] loop
    execute format('alter table access.%I enable row level security', t);
    execute format($p$create policy scope on access.%I to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
      with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    execute format('grant select, insert, update on access.%I to lantai_app', t);
  end loop;
end $$;
