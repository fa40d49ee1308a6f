-- Whose signatures an archive trusts: certificates of signers, or of who issues to them, each put into force by another person than
-- the one who proposed it. What was judged while one was in force stands in the runs and is not judged again when it is ended.
create table checks.trusted_certificate (
  id uuid primary key,
  archive_id uuid not null,
  -- SHA-256 of the certificate.
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  der bytea not null,
  subject text not null,
  issuer text not null,
  serial text not null,
  -- Null: of a kind whose name is not known here.
  algorithm text check (algorithm in ('rsa', 'p256', 'ed25519', 'sm2')),
  may_issue boolean not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  -- What it is trusted for, in words.
  used_for text not null check (used_for <> ''),
  state text not null default 'proposed' check (state in ('proposed', 'inForce', 'declined', 'ended')),
  proposed_by uuid,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  ended_by uuid,
  ended_by_name text,
  ended_at timestamptz,
  end_reason text,
  check ((state = 'proposed') = (decided_at is null)),
  check ((state = 'ended') = (ended_at is not null)),
  check ((ended_at is null) = (end_reason is null))
);
-- One archive trusts a certificate once.
create unique index trusted_certificate_once on checks.trusted_certificate (archive_id, fingerprint) where state in ('proposed', 'inForce');
create index trusted_certificate_archive on checks.trusted_certificate (archive_id, id);

alter table checks.trusted_certificate enable row level security;
create policy reach on checks.trusted_certificate to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
    or archive_id = any ((select lantai.filing_archives())::uuid[]));
grant select on checks.trusted_certificate to lantai_app;
