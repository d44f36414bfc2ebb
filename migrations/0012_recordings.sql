-- What agents record of a contact beside the voice itself, and what became of the matter.
create table recordings (
  voice_id bigint primary key references voices (id) on delete cascade,
  member_id text not null references members (id),
  recorded_at timestamptz not null,
  problem boolean not null,
  upset boolean not null,
  insists boolean not null,
  responsible text not null check (responsible in ('unclear', 'yes', 'no')),
  times integer not null check (times between 1 and 1000),
  explained boolean not null,
  demand text,
  solution text,
  online boolean not null,
  started_at timestamptz not null,
  first_reply_at timestamptz,
  frequency_90d integer not null,
  last_before_at timestamptz
);
create index recordings_member on recordings (member_id, recorded_at);

-- How far the matter was solved, as it was seen at each time: the newest counts, and what was known at any time stays known.
create table recording_effects (
  voice_id bigint not null references recordings (voice_id) on delete cascade,
  at timestamptz not null,
  effect text not null check (effect in ('none', 'little', 'most', 'all-unhappy', 'all-happy')),
  member_id text not null references members (id),
  primary key (voice_id, at)
);
-- A customer on the line is found by the number that he calls from.
create index customers_phone on customers (phone) where phone is not null;
