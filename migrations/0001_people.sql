-- People: regions, organisation, members, sessions, audit.
create table regions (
  code text primary key,
  parent text references regions (code),
  level text not null check (level in ('province', 'city', 'district', 'community', 'cell')),
  name text not null,
  name_en text not null,
  city text,
  district text,
  community text
);
create index regions_name on regions (name);

create table org_units (
  id text primary key,
  parent_id text references org_units (id),
  level text not null check (level in ('province', 'city', 'district', 'branch', 'unit', 'department')),
  name text not null,
  name_en text not null,
  department text,
  city text,
  district text,
  path text not null unique
);

create table members (
  id text primary key,
  login text not null unique,
  name text not null,
  email text,
  staff_no text unique,
  unit_id text not null references org_units (id),
  roles text[] not null,
  scope text not null check (scope in ('own', 'team', 'unit', 'unit-below', 'city', 'province')),
  locale text not null default 'zh' check (locale in ('zh', 'en')),
  password_hash text,
  disabled_at timestamptz,
  version integer not null default 1
);

create table sessions (
  token_hash bytea primary key,
  member_id text not null references members (id) on delete cascade,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create table sign_in_links (
  token_hash bytea primary key,
  member_id text not null references members (id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
create table sign_in_attempts (
  key text not null,
  at timestamptz not null
);
create index sign_in_attempts_key on sign_in_attempts (key, at);

create table audit (
  id bigint primary key,
  at timestamptz not null,
  member_id text,
  via text not null check (via in ('web', 'cli', 'job', 'push')),
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  detail jsonb not null default '{}'
);
create index audit_at on audit (at desc, id desc);
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit rows are never changed or deleted';
end
$$;
create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function audit_is_append_only();
