-- Peaks and ends: who calls whom before they complain, and what is done for the many who never will.
create table peak_settings (
  version integer primary key,
  settings jsonb not null,
  reason text not null,
  changed_at timestamptz not null,
  changed_by text not null references members (id)
);

-- Quality specialists 品质专员: hours in a city, and what is their duty.
create table specialists (
  id text primary key,
  member_id text not null references members (id),
  city text not null,
  -- Monday … Sunday.
  minutes integer[] not null check (array_length(minutes, 1) = 7),
  minutes_per_call integer not null check (minutes_per_call > 0),
  categories text[] not null default '{}',
  segments text[] not null default '{}',
  duties text not null default '',
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null,
  unique (member_id, city)
);

-- The warning line 预警线 of a city on a day, and what it was solved from.
create table peak_lines (
  city text not null,
  day date not null,
  line double precision,
  days integer not null,
  calls integer not null,
  -- Changes with settings and specialists: then the line is solved anew.
  basis text not null,
  effect jsonb not null,
  nobodys integer not null default 0,
  solved_at timestamptz not null,
  primary key (city, day)
);

-- Past days of a city, each with its line from the days before it alone.
create table peak_tests (
  city text not null,
  day date not null,
  line double precision not null,
  above integer not null,
  calls integer not null,
  fits boolean not null,
  primary key (city, day)
);

-- Customers above the line.
create table peak_calls (
  id text primary key,
  city text not null,
  day date not null,
  voice_id bigint not null unique references voices (id) on delete cascade,
  customer text not null,
  category text,
  level smallint,
  segment text,
  tier text not null check (tier in ('high', 'usual')),
  p double precision not null,
  p_low double precision not null,
  p_high double precision not null,
  p_from text not null check (p_from in ('model', 'cause')),
  gain double precision not null,
  state text not null check (state in ('waiting', 'taken', 'done', 'held_out', 'expired')),
  specialist_id text references specialists (id),
  queued_at timestamptz not null,
  due_at timestamptz not null,
  taken_at timestamptz,
  done_at timestamptz,
  outcome jsonb,
  version integer not null default 1
);
create index peak_calls_day on peak_calls (city, day, gain desc);
create index peak_calls_customer on peak_calls (customer, queued_at);
create index peak_calls_open on peak_calls (day) where state in ('waiting', 'taken');

-- Comfort by policy 政策安抚 as it was given.
create table peak_comforts (
  customer text not null,
  city text not null,
  given_at timestamptz not null,
  level smallint not null,
  tier text not null check (tier in ('high', 'usual')),
  each_yuan double precision not null,
  given_by text not null references members (id),
  primary key (customer, given_at)
);
create index peak_comforts_city on peak_comforts (city, given_at);
