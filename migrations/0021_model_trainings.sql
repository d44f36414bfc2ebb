-- Every training that was asked for: how far it is, who wants it stopped, and how it ended.
create table model_trainings (
  id bigint generated always as identity primary key,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- Share done, 0–1.
  progress real not null default 0,
  cancel_asked boolean not null default false,
  -- null: asked for by the nightly look.
  member_id text references members (id),
  asked_at timestamptz not null,
  finished_at timestamptz,
  error text
);
create unique index model_trainings_open on model_trainings ((true)) where state in ('queued', 'running');
