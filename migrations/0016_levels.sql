-- Levels of grievances: settings in versions that are never changed, how often causes led to complaints, and the newest level of each.
create table level_settings (
  version integer primary key,
  settings jsonb not null,
  member_id text not null references members (id),
  created_at timestamptz not null,
  note text
);
create table cause_associations (
  category text primary key,
  grievances integer not null,
  complained integer not null,
  counted_at timestamptz not null
);
create table grievance_levels (
  voice_id bigint primary key references voices (id) on delete cascade,
  level smallint not null check (level between 1 and 5),
  score real not null,
  reasons jsonb not null,
  settings_version integer not null,
  -- Of which time the facts are that gave this level.
  facts_at timestamptz not null
);
create index grievance_levels_level on grievance_levels (level, voice_id);
-- Every change of a level: what it was when stays known.
create table grievance_level_changes (
  voice_id bigint not null references voices (id) on delete cascade,
  at timestamptz not null,
  level smallint not null,
  settings_version integer not null,
  primary key (voice_id, at)
);
