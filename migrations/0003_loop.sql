-- Warn, act, verify: rules, alarms, announcements, work orders, outcomes, live events.
create table rules (
  id text primary key,
  -- Rises with every edit; what a writer must send back.
  version integer not null default 1,
  -- Rises only when the edit changes which breaches there are; an alarm belongs to one definition.
  definition integer not null default 1,
  -- The definition under which all voices were last evaluated; another one means: evaluate everything anew.
  evaluated integer not null default 0,
  name_zh text not null,
  name_en text not null,
  dimension text not null,
  conditions jsonb not null,
  window_minutes integer not null check (window_minutes > 0),
  threshold integer not null check (threshold > 0),
  hold_minutes integer not null default 0 check (hold_minutes >= 0),
  department text not null,
  severity text not null check (severity in ('notice', 'serious', 'critical')),
  recipients text[] not null default '{}',
  enabled boolean not null default true,
  updated_at timestamptz not null,
  updated_by text
);

create table alarms (
  id text primary key,
  rule_id text not null references rules (id),
  rule_version integer not null,
  -- The rule's limits as they were, so that the alarm still opens its own voices after the rule was redefined.
  conditions jsonb not null,
  window_minutes integer not null,
  threshold integer not null,
  dimension text not null,
  value text not null,
  city text,
  district text,
  unit_path text,
  state text not null check (state in ('pending', 'firing', 'acknowledged', 'resolved')),
  began_at timestamptz not null,
  fired_at timestamptz,
  resolved_at timestamptz,
  -- passed: the count fell; superseded: the rule was redefined; merged: late voices joined two breaches; recounted: its voices were read anew.
  resolved_because text check (resolved_because in ('passed', 'superseded', 'merged', 'recounted')),
  merged_into text references alarms (id),
  -- When the count falls below the threshold if no further voice comes.
  ends_at timestamptz not null,
  -- Next instant at which the state changes if no further voice comes: a timer as a row.
  due_at timestamptz,
  window_from timestamptz not null,
  last_said_at timestamptz not null,
  voices integer not null,
  historical boolean not null,
  known_at timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  acknowledged_reason text,
  version integer not null default 1
);
create unique index alarms_one_per_breach on alarms (rule_id, rule_version, dimension, value, began_at)
  where resolved_because is null or resolved_because = 'passed';
create index alarms_entity on alarms (rule_id, dimension, value);
create index alarms_listed on alarms ((coalesce(fired_at, began_at)) desc, id desc);
create index alarms_merged on alarms (merged_into) where merged_into is not null;
create index alarms_due on alarms (due_at) where due_at is not null;

create table announcements (
  id text primary key,
  alarm_id text not null references alarms (id),
  stage text not null,
  recipient text not null,
  locale text not null check (locale in ('zh', 'en')),
  channel text not null check (channel in ('email')),
  -- suppressed: no mail server was configured when it was due (last_error says so).
  state text not null check (state in ('waiting', 'delivered', 'failed', 'suppressed')),
  attempts integer not null default 0,
  due_at timestamptz not null,
  sent_at timestamptz,
  last_error text,
  unique (alarm_id, stage, recipient, channel)
);
create index announcements_due on announcements (due_at) where state = 'waiting';

create table work_orders (
  id text primary key,
  origin text not null check (origin in ('alarm', 'finding')),
  alarm_id text unique references alarms (id),
  title text not null,
  severity text not null,
  state text not null check (state in ('new', 'accepted', 'in-progress', 'done', 'returned', 'closed')),
  conditions jsonb not null,
  dimension text,
  value text,
  category text,
  city text,
  district text,
  unit_path text,
  department text not null,
  -- The organisation unit that handles it; unit_path is its path.
  unit_id text not null references org_units (id),
  assignee_id text references members (id),
  created_by text,
  created_at timestamptz not null,
  due_at timestamptz not null,
  closed_at timestamptz,
  version integer not null default 1
);
create index work_orders_listed on work_orders (created_at desc, id desc);
create index work_orders_department on work_orders (department, state, due_at);

create table work_order_events (
  id text primary key,
  order_id text not null references work_orders (id),
  seq integer not null,
  at timestamptz not null,
  member_id text,
  action text not null,
  from_state text,
  to_state text,
  -- Set where the action sends the order to a department.
  department text,
  note text,
  unique (order_id, seq)
);
create function timeline_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the timeline of a work order is never changed or deleted';
end
$$;
create trigger work_order_events_append_only before update or delete or truncate on work_order_events
  for each statement execute function timeline_is_append_only();

create table outcomes (
  order_id text not null references work_orders (id),
  horizon_days integer not null,
  verdict text not null check (verdict in ('fell', 'no-visible-change', 'rose', 'too-early')),
  before_voices integer not null,
  before_days double precision not null,
  after_voices integer not null,
  after_days double precision not null,
  ratio double precision,
  low double precision,
  high double precision,
  measured_at timestamptz not null,
  final boolean not null,
  primary key (order_id, horizon_days)
);

create table live_events (
  id text primary key,
  at timestamptz not null,
  topic text not null,
  city text,
  district text,
  unit_path text,
  department text,
  payload jsonb not null,
  changed_tx xid8 not null default pg_current_xact_id()
);
create index live_events_order on live_events (changed_tx, id);

-- How long the follower's last step took: one that costs much goes less often.
alter table watermarks add column took_ms integer not null default 0;
