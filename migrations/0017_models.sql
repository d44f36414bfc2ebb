-- How likely a grievance is to become a complaint: versions of the model, scores of grievances, what moved since, and what was done about them.
create table model_versions (
  id text primary key,
  trained_at timestamptz not null,
  -- champion scores; a challenger was not better beyond noise; retired was champion once.
  state text not null check (state in ('champion', 'challenger', 'retired')),
  state_at timestamptz not null,
  why text not null check (why in ('first', 'better', 'not-better', 'no-signal', 'replaced')),
  models jsonb not null,
  card jsonb not null,
  trained_by text
);
create unique index model_versions_champion on model_versions ((true)) where state = 'champion';
create index model_versions_newest on model_versions (trained_at desc, id);

create table grievance_scores (
  voice_id bigint not null references voices (id) on delete cascade,
  version text not null references model_versions (id),
  scored_at timestamptz not null,
  said_at timestamptz not null,
  category text,
  p7 double precision not null,
  p7_low double precision not null,
  p7_high double precision not null,
  p30 double precision not null,
  p30_low double precision not null,
  p30_high double precision not null,
  -- What moved p30 most, in log odds.
  factors jsonb not null,
  -- Whether a complaint came; null until thirty days have passed.
  complained30 boolean,
  primary key (voice_id, version)
);
create index grievance_scores_recent on grievance_scores (version, said_at);
create index grievance_scores_open on grievance_scores (said_at) where complained30 is null;

-- Where scores and features of a day lie in the bins of the version's baseline.
create table score_drift (
  version text not null references model_versions (id),
  day date not null,
  name text not null,
  counts integer[] not null,
  primary key (version, day, name)
);

create table handling_actions (
  id text primary key,
  voice_id bigint not null references voices (id) on delete cascade,
  kind text not null,
  at timestamptz not null,
  done_by text,
  recorded_by text,
  recorded_at timestamptz not null,
  unique (voice_id, kind, at)
);
create index handling_actions_at on handling_actions (at);

-- A customer's record in order of time, for what is foretold at the moment a grievance arrives.
create index voices_of_customer on voices (customer, said_at, id) where customer is not null;
drop index voices_customer;
create index voices_around on voices (district, said_at) where kind in ('grievance', 'fault', 'complaint');
