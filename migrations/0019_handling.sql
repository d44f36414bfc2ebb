-- Lines of handling that people changed over what the content pack says: expectations, strategies, unit costs. The newest version holds;
-- all versions stay, so that what was allowed on a day can be told later.
create table handling_lines (
  kind text not null check (kind in ('expectation', 'strategy', 'cost')),
  key text not null,
  version integer not null,
  value jsonb not null,
  reason text not null,
  changed_at timestamptz not null,
  changed_by text not null references members (id),
  primary key (kind, key, version)
);
