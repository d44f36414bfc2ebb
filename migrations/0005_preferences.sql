-- What a member set for himself, and views of pages that are kept under a name.
create table preferences (
  member_id text primary key references members (id) on delete cascade,
  settings jsonb not null,
  changed_at timestamptz not null
);

create table saved_views (
  id text primary key,
  page text not null,
  name text not null,
  -- The address behind the page's path: filters, columns' order, tab.
  query text not null,
  -- private: its owner; team: the owner's unit; public: the owner's city, or everybody when the owner belongs to none.
  audience text not null check (audience in ('private', 'team', 'public')),
  owner_id text not null references members (id),
  unit_id text not null references org_units (id),
  city text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  version integer not null default 1
);
create index saved_views_page on saved_views (page, name);
create index saved_views_owner on saved_views (owner_id);
