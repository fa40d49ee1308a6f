create schema identity;
grant usage on schema identity to lantai_app;

create table identity.person (
  id uuid primary key,
  username text not null unique check (username = lower(username)),
  display_name text not null,
  password_hash text not null,
  language text not null default 'zh-CN' check (language in ('zh-CN', 'zh-TW', 'en')),
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

-- A person works for an archive in a role; with `subtree`, for the archives under it too.
create table identity.membership (
  person_id uuid not null references identity.person,
  archive_id uuid not null,
  role text not null,
  subtree boolean not null default false,
  primary key (person_id, archive_id, role)
);

-- Sessions and set-up links are kept as digests: a stolen table opens no door.
create table identity.session (
  token_digest bytea primary key,
  person_id uuid not null references identity.person,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_person on identity.session (person_id);

create table identity.api_token (
  token_digest bytea primary key,
  person_id uuid not null references identity.person,
  name text not null,
  created_at timestamptz not null,
  expires_at timestamptz
);

create table identity.setup_link (token_digest bytea primary key, expires_at timestamptz not null);

-- Failed sign-ins per account and per address, for slowing down guessers.
create table identity.sign_in_failure (who text not null, at timestamptz not null);
create index sign_in_failure_who on identity.sign_in_failure (who, at);
-- Only the system reads these tables: signing in happens before anybody is somebody.
