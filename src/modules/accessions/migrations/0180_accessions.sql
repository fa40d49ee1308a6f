-- Accessions and collecting 接收与征集: the one register of what came to an archive, from whom, on what terms, and where it went;
-- who gives; what was promised; what is being looked for. Work of the archive itself: kept by backups. Nothing here refers to a
-- table of the holdings, so that making those anew from the storage root leaves it as it is.
create schema accessions;
grant usage on schema accessions to lantai_app;

-- Running numbers, of an archive and year, without gaps: drawn in the transaction of what bears them.
create table accessions.counter (
  archive_id uuid not null,
  series text not null check (series in ('accession', 'deed', 'lead', 'honour')),
  year int not null,
  last int not null,
  primary key (archive_id, series, year)
);

-- Who gives, sells, lends or holds what is copied. What tells how to reach a person is kept closed under a key of the archive.
create table accessions.source (
  id uuid primary key,
  archive_id uuid not null,
  kind text not null check (kind in ('person', 'family', 'body')),
  -- The name as it may be shown; of who wishes not to be named, another.
  name text not null check (name <> ''),
  key text collate "C" not null,
  anonymous boolean not null default false,
  -- An agent of the authorities.
  authority_id uuid,
  closed text not null,
  closed_key uuid not null references lantai.data_key (id),
  name_match bytea,
  id_match bytea,
  telephone_match bytea,
  wishes text,
  note text,
  version int not null default 1,
  created_at timestamptz not null,
  created_by_name text not null,
  updated_at timestamptz not null,
  updated_by_name text not null
);
create index source_list on accessions.source (archive_id, key, id);
create index source_closed_key on accessions.source (closed_key);
create index source_name_match on accessions.source (name_match);
create index source_id_match on accessions.source (id_match);
create index source_telephone_match on accessions.source (telephone_match);

-- What comes again and again: of a fonds or a source, in a rhythm.
create table accessions.accrual (
  id uuid primary key,
  archive_id uuid not null,
  title text not null check (title <> ''),
  way text not null,
  source_id uuid references accessions.source,
  source_name text,
  fonds_id uuid,
  -- Every so many months; null: without a rhythm.
  months int check (months between 1 and 1200),
  next_on date,
  note text,
  ended_at timestamptz,
  ended_reason text,
  version int not null default 1,
  created_at timestamptz not null,
  created_by_name text not null
);
create index accrual_list on accessions.accrual (archive_id, id);
create index accrual_due on accessions.accrual (archive_id, next_on) where ended_at is null and next_on is not null;

create table accessions.accession (
  id uuid primary key,
  archive_id uuid not null,
  year int not null,
  no int not null,
  number text not null,
  way text not null check (way in ('transfer', 'donation', 'purchase', 'deposit', 'copy', 'exchange', 'recovery', 'other')),
  state text not null check (state in ('promised', 'agreed', 'received', 'proposed', 'accepted', 'refused', 'arranged', 'closed',
    'withdrawn', 'returned')),
  -- A countersigned handover: what it says of itself is read there, and not written here a second time.
  transfer_id uuid unique,
  check ((way = 'transfer') = (transfer_id is not null)),
  title text check (title <> ''),
  check (transfer_id is not null or title is not null),
  -- What it is found by, as it is compared.
  key text collate "C" not null,
  description text,
  source_id uuid references accessions.source,
  source_name text,
  fonds_id uuid,
  follows_id uuid references accessions.accession check (follows_id <> id),
  accrual_id uuid references accessions.accrual,
  -- Days as they stand on paper.
  registered_on date not null,
  due_on date,
  date_from text collate "C",
  date_to text collate "C",
  -- What was promised: {volumes, items, pages, boxes, metres, gigabytes}.
  promised jsonb not null default '{}',
  physical_state text,
  original_holder text,
  original_code text,
  access_terms text,
  reproduction_terms text,
  publication_terms text,
  embargo_until date,
  credit_line text,
  -- Of a deposit: until when it is here.
  ends_on date,
  price numeric(14, 2) check (price >= 0),
  currency text,
  check ((price is null) = (currency is null)),
  paid_on date,
  payment_note text,
  location text,
  note text,
  -- {verdict, reason, note, proposedBy, …}: what was last proposed and decided.
  decision jsonb,
  registered_by uuid,
  registered_by_name text not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by_name text not null,
  unique (archive_id, year, no),
  unique (archive_id, number)
);
create index accession_state on accessions.accession (archive_id, state, year desc, no desc);
create index accession_source on accessions.accession (source_id) where source_id is not null;
create index accession_fonds on accessions.accession (fonds_id) where fonds_id is not null;
create index accession_follows on accessions.accession (follows_id) where follows_id is not null;
create index accession_accrual on accessions.accession (accrual_id) where accrual_id is not null;
create index accession_due on accessions.accession (archive_id, due_on) where due_on is not null;
create index accession_ends on accessions.accession (archive_id, ends_on) where ends_on is not null;

-- What came, in parts, and what was given back.
create table accessions.movement (
  id uuid primary key,
  accession_id uuid not null references accessions.accession on delete cascade,
  archive_id uuid not null,
  no int not null,
  kind text not null check (kind in ('in', 'back')),
  day date not null,
  volumes int not null default 0 check (volumes >= 0),
  items int not null default 0 check (items >= 0),
  pages int not null default 0 check (pages >= 0),
  boxes int not null default 0 check (boxes >= 0),
  metres numeric(10, 3) not null default 0 check (metres >= 0),
  gigabytes numeric(14, 3) not null default 0 check (gigabytes >= 0),
  note text,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  unique (accession_id, no)
);
create index movement_year on accessions.movement (archive_id, day);

-- Where it went: imports, fonds and entries it was arranged into.
create table accessions.arranged (
  id uuid primary key,
  accession_id uuid not null references accessions.accession on delete cascade,
  archive_id uuid not null,
  kind text not null check (kind in ('import', 'unit', 'fonds')),
  target_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  unique (accession_id, kind, target_id)
);
create index arranged_target on accessions.arranged (target_id);

-- What an expert says it is worth, before it is bought or taken.
create table accessions.opinion (
  id uuid primary key,
  accession_id uuid not null references accessions.accession on delete cascade,
  archive_id uuid not null,
  day date not null,
  expert text not null check (expert <> ''),
  words text not null check (words <> ''),
  value numeric(14, 2) check (value >= 0),
  currency text,
  by_name text not null,
  at timestamptz not null
);
create index opinion_of on accessions.opinion (accession_id);

-- Agreements: of gift, sale, deposit, copying.
create table accessions.deed (
  id uuid primary key,
  archive_id uuid not null,
  accession_id uuid not null references accessions.accession,
  year int not null,
  no int not null,
  number text not null,
  kind text not null check (kind in ('gift', 'purchase', 'deposit', 'copy', 'exchange', 'other')),
  signed_on date,
  our_party text not null,
  their_party text not null,
  property_passes boolean not null,
  rights text,
  conditions text,
  ends_on date,
  version int not null default 1,
  created_at timestamptz not null,
  created_by_name text not null,
  updated_at timestamptz not null,
  updated_by_name text not null,
  unique (archive_id, year, no)
);
create index deed_of on accessions.deed (accession_id);

create table accessions.deed_file (
  id uuid primary key,
  deed_id uuid not null references accessions.deed on delete cascade,
  archive_id uuid not null,
  position int not null,
  name text not null,
  bytes bigint not null,
  sha512 text not null
);
create index deed_file_list on accessions.deed_file (deed_id, position);
create index deed_file_content on accessions.deed_file (sha512);

-- Certificates of gift and honours a source was given.
create table accessions.honour (
  id uuid primary key,
  archive_id uuid not null,
  source_id uuid not null references accessions.source,
  accession_id uuid references accessions.accession,
  year int not null,
  no int not null,
  number text not null,
  kind text not null check (kind in ('gift', 'collection', 'honour')),
  issued_on date not null,
  words text not null check (words <> ''),
  by_name text not null,
  at timestamptz not null,
  unique (archive_id, year, no)
);
create index honour_of on accessions.honour (source_id, issued_on);

-- What is being looked for 征集线索: who holds what, and how far one has come.
create table accessions.lead (
  id uuid primary key,
  archive_id uuid not null,
  year int not null,
  no int not null,
  number text not null,
  title text not null check (title <> ''),
  key text collate "C" not null,
  holder text,
  source_id uuid references accessions.source,
  way text not null,
  worth text not null default 'fair' check (worth in ('high', 'fair', 'low')),
  state text not null default 'open' check (state in ('open', 'talking', 'resting', 'won', 'lost')),
  content text,
  next_step text,
  next_on date,
  outcome text,
  accession_id uuid references accessions.accession,
  version int not null default 1,
  created_at timestamptz not null,
  created_by_name text not null,
  updated_at timestamptz not null,
  updated_by_name text not null,
  unique (archive_id, year, no)
);
create index lead_source on accessions.lead (source_id) where source_id is not null;
create index lead_due on accessions.lead (archive_id, next_on) where state in ('open', 'talking', 'resting') and next_on is not null;

-- Visits, calls and letters.
create table accessions.contact (
  id uuid primary key,
  archive_id uuid not null,
  source_id uuid references accessions.source,
  lead_id uuid references accessions.lead,
  check (num_nonnulls(source_id, lead_id) = 1),
  day date not null,
  how text not null check (how in ('visit', 'telephone', 'letter', 'mail', 'meeting', 'other')),
  words text not null check (words <> ''),
  by_name text not null,
  at timestamptz not null
);
create index contact_source on accessions.contact (source_id, day) where source_id is not null;
create index contact_lead on accessions.contact (lead_id, day) where lead_id is not null;

-- The archive's own papers: for those with a post for the whole of it. Only a deed's file is ever taken away again: what stands in a
-- register stays there.
do $$
declare t text;
begin
  foreach t in array array['source', 'accrual', 'accession', 'movement', 'arranged', 'opinion', 'deed', 'deed_file', 'honour', 'lead', 'contact'] loop
    execute format('alter table accessions.%I enable row level security', t);
    execute format($p$create policy scope on accessions.%I to lantai_app
      using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
      with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))$p$, t);
    execute format('grant select, insert, update on accessions.%I to lantai_app', t);
  end loop;
end $$;
grant delete on accessions.arranged, accessions.deed_file to lantai_app;
alter table accessions.counter enable row level security;
create policy scope on accessions.counter to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]))
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
grant select, insert, update on accessions.counter to lantai_app;
