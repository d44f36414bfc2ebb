-- Verify, second part: experiments. What is registered is frozen by the start; arms follow from salt and customer.
create table experiments (
  id text primary key,
  origin text not null check (origin in ('assigned', 'table')),
  demonstration boolean not null default false,
  name text not null,
  strategy text not null,
  state text not null check (state in ('draft', 'running', 'stopped', 'concluded')),
  -- Whose it is: seen by those whose data scope covers this unit.
  unit_id text not null references org_units (id),
  unit_path text not null,
  city text,
  district text,
  arms jsonb not null,
  metrics jsonb not null,
  strata text[] not null default '{}',
  window_days integer not null check (window_days between 1 and 400),
  cohort jsonb,
  salt text,
  -- Of one evaluated from a table: what was asked of it.
  ask jsonb,
  report jsonb,
  reported_at timestamptz,
  notes jsonb not null default '[]',
  conclusion jsonb,
  created_by text,
  created_at timestamptz not null,
  started_at timestamptz,
  ends_at timestamptz,
  stopped_at timestamptz,
  stop_reason text,
  version integer not null default 1
);
create index experiments_created on experiments (created_at desc, id desc);
create unique index experiments_one_demonstration on experiments (unit_id, name) where demonstration;

create table experiment_customers (
  experiment_id text not null references experiments (id) on delete cascade,
  customer text not null,
  -- Set by the start; an experiment is read by what was assigned, whatever was done (intention to treat).
  arm smallint,
  -- What was known of the customer then.
  traits jsonb not null default '{}',
  primary key (experiment_id, customer)
);

create table experiment_outcomes (
  experiment_id text not null,
  metric text not null,
  customer text not null,
  value double precision not null,
  primary key (experiment_id, metric, customer),
  foreign key (experiment_id, customer) references experiment_customers (experiment_id, customer) on delete cascade
);

create table experiment_looks (
  experiment_id text not null references experiments (id) on delete cascade,
  at timestamptz not null,
  arm text not null,
  n integer not null,
  effect double precision not null,
  low double precision not null,
  high double precision not null,
  p double precision not null,
  primary key (experiment_id, at, arm)
);
