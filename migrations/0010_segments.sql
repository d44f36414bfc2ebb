-- Customer segments: by rule (brand × value) on the customer; temperaments, clusters and usage groups by runs.
-- Set when a customer is stored, by the pack's rules; `segment_schemes` says by which.
alter table customers add column segment text;

create table segment_schemes (
  id text primary key check (id in ('rules', 'temperament', 'clusters', 'usage')),
  -- What decides: the rules in use, or the options of a run.
  definition jsonb not null,
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by text
);

-- The groups of a scheme, under ids that are kept from run to run.
create table segments (
  scheme text not null references segment_schemes (id),
  segment text not null,
  name_zh text not null,
  name_en text not null,
  primary key (scheme, segment)
);

create table segment_runs (
  id text primary key,
  scheme text not null references segment_schemes (id),
  scheme_version integer not null,
  -- Behaviour up to here counts; its local month names the run.
  as_of timestamptz not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  state text not null check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  progress double precision not null default 0,
  cancel_asked boolean not null default false,
  customers bigint,
  -- Customers of whom too little is known, by reason.
  left_out jsonb not null default '{}',
  -- Stability, choice of K, and what decided: figures of the whole population.
  report jsonb,
  model jsonb,
  error text,
  asked_by text,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index segment_runs_listed on segment_runs (scheme, as_of desc, id desc);

-- Who was where in a run, for migration between runs.
create table segment_members (
  run_id text not null references segment_runs (id) on delete cascade,
  customer text not null,
  segment text not null,
  -- What speaks for it, strongest first.
  why jsonb,
  primary key (run_id, customer)
);

-- Sums per segment and place, from which every viewer's own figures are added up.
create table segment_facts (
  run_id text not null references segment_runs (id) on delete cascade,
  segment text not null,
  city text,
  district text,
  customers bigint not null,
  -- Number of known values, sum and sum of squares of each number; count of each value of each category.
  numbers jsonb not null,
  categories jsonb not null,
  unique nulls not distinct (run_id, segment, city, district)
);

-- Where each customer is now, from the newest runs; the warehouse follows it.
create table customer_segments (
  customer text primary key,
  temperament text,
  cluster text,
  usage_group text,
  changed_tx xid8 not null default pg_current_xact_id()
);
create index customer_segments_followed on customer_segments (changed_tx, (customer collate "C"));
