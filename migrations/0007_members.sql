-- Members and units are changed on pages: each change names the version it saw; a unit that is no more keeps its history.
alter table org_units
  add column version integer not null default 1,
  add column retired_at timestamptz;
-- A session of a browser, or a token that a member made for a program: with a name, perhaps fewer rights, and no end by idleness.
alter table sessions
  add column kind text not null default 'browser' check (kind in ('browser', 'token')),
  add column name text not null default '',
  -- The rights a token is narrowed to; null: those of its member.
  add column verbs text[];
create index sessions_member on sessions (member_id);
