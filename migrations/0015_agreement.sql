-- Samples of recorded voices that a second person puts into the tree, without seeing what was recorded.
create table coding_samples (
  id text primary key,
  created_at timestamptz not null,
  member_id text not null references members (id),
  said_from timestamptz not null,
  said_before timestamptz not null,
  seed integer not null
);
create table coding_tasks (
  sample_id text not null references coding_samples (id),
  voice_id bigint not null references voices (id) on delete cascade,
  -- As it was recorded when the sample was drawn.
  first_category text not null,
  second_category text,
  second_member_id text references members (id),
  coded_at timestamptz,
  primary key (sample_id, voice_id)
);
create index coding_tasks_waiting on coding_tasks (voice_id) where second_category is null;
