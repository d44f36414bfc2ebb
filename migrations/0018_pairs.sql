-- Which grievance leads to which complaint: every computation is kept as a run, within the data scope of who asked for it.
create table pair_runs (
  id bigint generated always as identity primary key,
  -- The scope whose voices were counted, as data; only viewers of the very same scope see the run.
  scope jsonb not null,
  -- Counted within the scope, so that it tells nothing of what others ask for.
  no integer not null,
  window_days integer not null check (window_days between 1 and 90),
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- Share done, 0–1.
  progress real not null default 0,
  cancel_asked boolean not null default false,
  -- null: asked for by the nightly look.
  member_id text references members (id),
  asked_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  error text,
  summary jsonb,
  differences jsonb,
  unique (scope, no)
);
-- One at a time for a scope and window; the newest one that is done is what a page shows.
create unique index pair_runs_open on pair_runs (scope, window_days) where state in ('queued', 'running');
create index pair_runs_newest on pair_runs (scope, window_days, id desc);

create table pairs (
  run_id bigint not null references pair_runs (id) on delete cascade,
  -- '': all customers.
  segment text not null,
  grievance text not null,
  complaint text not null,
  figures jsonb not null,
  -- Only of pairs that were looked at closely: the curve over lags and months, and the voices that were counted.
  profile jsonb,
  complaint_voices bigint[],
  grievance_voices bigint[],
  primary key (run_id, segment, grievance, complaint)
);
