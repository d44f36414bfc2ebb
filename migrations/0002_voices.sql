-- Voices, customers, import batches, readings.
create table sources (
  id text primary key,
  name text not null unique,
  -- Who owns it: pushes and imports into it need this unit in their scope.
  unit_id text not null references org_units (id),
  carries text not null check (carries in ('voices', 'customers')),
  mapping jsonb,
  created_at timestamptz not null
);

create table import_batches (
  id text primary key,
  source_id text not null references sources (id),
  member_id text not null references members (id),
  carries text not null check (carries in ('voices', 'customers')),
  file_name text not null,
  file_hash text not null,
  file_bytes bigint not null,
  -- Where the file lies: a path in the home's spool, or the file itself for the command line.
  file_path text not null,
  options jsonb not null default '{}',
  state text not null check (state in ('draft', 'checking', 'checked', 'queued', 'running', 'done', 'cancelled', 'failed')),
  total_rows bigint,
  rows_done bigint not null default 0,
  accepted bigint not null default 0,
  duplicates bigint not null default 0,
  rejected bigint not null default 0,
  problems jsonb not null default '[]',
  cancel_asked boolean not null default false,
  error jsonb,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  version integer not null default 1
);
create index import_batches_created on import_batches (created_at desc, id);

create table rejected_rows (
  batch_id text not null references import_batches (id),
  row_no bigint not null,
  problems jsonb not null,
  raw jsonb not null,
  -- Set for a conflict: the voice that already stands under this id.
  voice_id bigint,
  primary key (batch_id, row_no)
);

create table voices (
  id bigint primary key,
  source_id text not null references sources (id),
  -- The outside id, or 'h:' and the hash of the body where the source has none.
  outside_key text not null,
  body_hash bytea not null,
  said_at timestamptz not null,
  said_at_known boolean not null,
  arrived_at timestamptz not null,
  kind text not null,
  channel text not null,
  product text,
  plan text,
  city text,
  district text,
  community text,
  cell text,
  unit_id text,
  unit_path text,
  agent text,
  customer text,
  phone text,
  score double precision,
  status text,
  recorded_category text,
  text text not null,
  text_masked text not null,
  turns jsonb,
  -- Masked; the raw ones beside them where they differ.
  attributes jsonb not null default '{}',
  attributes_raw jsonb,
  batch_id text not null references import_batches (id),
  unique (source_id, outside_key)
);
create index voices_batch on voices (batch_id);
create index voices_said_at on voices (said_at, id);
create index voices_customer on voices (customer) where customer is not null;

create table readings (
  voice_id bigint not null references voices (id) on delete cascade,
  reader_version text not null,
  category text,
  department text,
  stage text,
  business text,
  support text,
  bearer text,
  feeling text not null,
  language text not null,
  confidence real not null,
  because jsonb not null,
  read_at timestamptz not null,
  -- Followers read rows below the oldest running transaction, so a late commit is never skipped.
  changed_tx xid8 not null default pg_current_xact_id(),
  primary key (voice_id, reader_version)
);
create index readings_changed on readings (changed_tx);
create index readings_category on readings (category);

create table customers (
  customer text primary key,
  source_id text not null references sources (id),
  name text,
  phone text,
  id_number text,
  address text,
  city text,
  district text,
  community text,
  cell text,
  brand text,
  age_band text,
  tenure_months integer,
  value_tier text,
  vpmn_group text,
  attributes jsonb not null default '{}',
  batch_id text not null references import_batches (id)
);
create table subscriptions (
  subscription text primary key,
  customer text not null references customers (customer),
  source_id text not null references sources (id),
  body_hash bytea not null,
  product text,
  plan text,
  since timestamptz,
  until timestamptz,
  batch_id text not null references import_batches (id),
  changed_tx xid8 not null default pg_current_xact_id()
);
create index subscriptions_customer on subscriptions (customer);
create index subscriptions_changed on subscriptions (changed_tx);

-- How far each follower (warehouse, warn) has come.
create table watermarks (
  follower text primary key,
  tx xid8 not null default '0',
  as_of timestamptz
);

create table idempotency_keys (
  member_id text not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  answer jsonb not null,
  created_at timestamptz not null,
  primary key (member_id, key)
);

create table reader_models (
  version text primary key,
  trained_at timestamptz not null,
  report jsonb not null,
  weights bytea not null,
  active boolean not null default false
);
