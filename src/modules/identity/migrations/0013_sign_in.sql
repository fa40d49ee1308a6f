-- Sign-in: second factors, sessions one can look at, throttling, tokens with a scope, sign-in through other houses.

-- 'service': another system's account; it has API tokens and never signs in.
alter table identity.person
  add column kind text not null default 'person' check (kind in ('person', 'service')),
  add column password_changed_at timestamptz,
  -- Null: no password of ours; the person signs in through another house, or waits for a one-time link.
  alter column password_hash drop not null;

-- Sessions of earlier versions lack what a session is now shown and judged by: everybody signs in again.
delete from identity.session;
alter table identity.session
  add column id uuid not null unique,
  add column address text not null,
  add column device text not null,
  add column method text not null check (method in ('password', 'oidc', 'ldap', 'link')),
  add column factors text not null check (factors in ('password', 'two')),
  -- When the person last proved to be who they are; grave acts ask for a recent proof.
  add column authenticated_at timestamptz not null;

-- On the way in or at a factor: the password fitted and the second step is due; a challenge waits for its answer.
create table identity.step (
  token_digest bytea primary key,
  kind text not null check (kind in ('second', 'webauthn', 'oidc')),
  person_id uuid references identity.person,
  sealed text not null,
  expires_at timestamptz not null
);
create index step_expires on identity.step (expires_at);

create table identity.factor (
  id uuid primary key,
  person_id uuid not null references identity.person,
  kind text not null check (kind in ('totp', 'webauthn')),
  name text not null,
  -- TOTP: the secret, sealed with the master key; and the last step used, so that a code works once.
  sealed_secret text,
  last_step bigint,
  -- WebAuthn.
  credential_id text unique,
  public_key bytea,
  sign_count bigint,
  transports text[],
  created_at timestamptz not null,
  -- Null: begun, and not yet proved by a first code. Counts for nothing.
  confirmed_at timestamptz,
  used_at timestamptz,
  check ((kind = 'totp') = (sealed_secret is not null)),
  check ((kind = 'webauthn') = (credential_id is not null and public_key is not null and sign_count is not null))
);
create index factor_person on identity.factor (person_id);

-- One-time codes for the day the second factor is lost; keyed digests.
create table identity.recovery_code (
  person_id uuid not null references identity.person,
  digest bytea not null,
  primary key (person_id, digest)
);

-- Which roles ask for a second factor: in one archive and those under it, or everywhere (null); one role, or every (null).
create table identity.factor_demand (
  id uuid primary key,
  archive_id uuid,
  role text,
  made_at timestamptz not null,
  made_by uuid,
  unique nulls not distinct (archive_id, role)
);

-- One-time links by which a person sets a new password.
create table identity.password_link (
  token_digest bytea primary key,
  person_id uuid not null references identity.person,
  -- The second factor is lost as well: using the link takes the factors away.
  clears_factors boolean not null default false,
  expires_at timestamptz not null
);
create index password_link_person on identity.password_link (person_id);

-- Devices somebody has signed in on: guessers elsewhere do not slow down the person there.
create table identity.known_device (
  token_digest bytea not null,
  person_id uuid not null references identity.person,
  seen_at timestamptz not null,
  primary key (token_digest, person_id)
);

-- Attempts per account, address, device; keys are digests. In place of sign_in_failure.
create table identity.attempt (
  key bytea primary key,
  attempts int not null,
  last_at timestamptz not null
);
create index attempt_last on identity.attempt (last_at);
drop table identity.sign_in_failure;

-- API tokens had no screen and no command before; none are lost.
drop table identity.api_token;
create table identity.api_token (
  id uuid primary key,
  token_digest bytea not null unique,
  person_id uuid not null references identity.person,
  name text not null,
  capabilities text[] not null,
  -- Null: every archive the owner works for.
  archives uuid[],
  created_at timestamptz not null,
  created_by uuid not null references identity.person,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_from text,
  revoked_at timestamptz
);
create index api_token_person on identity.api_token (person_id);

-- Who somebody is in another house: by its subject, which never changes hands as names and addresses do.
create table identity.linked_identity (
  provider text not null check (provider in ('oidc', 'ldap')),
  issuer text not null,
  subject text not null,
  person_id uuid not null references identity.person,
  linked_at timestamptz not null,
  primary key (provider, issuer, subject)
);
create index linked_identity_person on identity.linked_identity (person_id);
-- Only the system reads these tables: signing in happens before anybody is somebody.
