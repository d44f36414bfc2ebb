-- What people decided about the mapping of grievances and satisfaction: which survey item asks about a grievance point,
-- how much a point weighs, which proposed question is kept. One row each; what it was before stands in the audit.
create table survey_decisions (
  kind text not null check (kind in ('match', 'weights', 'question')),
  subject text not null,
  body jsonb not null,
  version integer not null default 1,
  decided_at timestamptz not null,
  decided_by text not null references members(id),
  primary key (kind, subject)
);
