-- What the migrations make. Written by npm run golden; do not edit.

create table alarms (
  id text not null,
  rule_id text not null,
  rule_version integer not null,
  conditions jsonb not null,
  window_minutes integer not null,
  threshold integer not null,
  dimension text not null,
  value text not null,
  city text,
  district text,
  unit_path text,
  state text not null,
  began_at timestamp with time zone not null,
  fired_at timestamp with time zone,
  resolved_at timestamp with time zone,
  resolved_because text,
  merged_into text,
  ends_at timestamp with time zone not null,
  due_at timestamp with time zone,
  window_from timestamp with time zone not null,
  last_said_at timestamp with time zone not null,
  voices integer not null,
  historical boolean not null,
  known_at timestamp with time zone not null,
  acknowledged_by text,
  acknowledged_at timestamp with time zone,
  acknowledged_reason text,
  version integer not null default 1,
  constraint alarms_resolved_because_check CHECK ((resolved_because = ANY (ARRAY['passed'::text, 'superseded'::text, 'merged'::text, 'recounted'::text]))),
  constraint alarms_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'firing'::text, 'acknowledged'::text, 'resolved'::text]))),
  constraint alarms_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES alarms(id),
  constraint alarms_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES rules(id),
  constraint alarms_pkey PRIMARY KEY (id)
);
CREATE INDEX alarms_due ON public.alarms USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX alarms_entity ON public.alarms USING btree (rule_id, dimension, value);
CREATE INDEX alarms_listed ON public.alarms USING btree (COALESCE(fired_at, began_at) DESC, id DESC);
CREATE INDEX alarms_merged ON public.alarms USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE UNIQUE INDEX alarms_one_per_breach ON public.alarms USING btree (rule_id, rule_version, dimension, value, began_at) WHERE ((resolved_because IS NULL) OR (resolved_because = 'passed'::text));

create table announcements (
  id text not null,
  alarm_id text not null,
  stage text not null,
  recipient text not null,
  locale text not null,
  channel text not null,
  state text not null,
  attempts integer not null default 0,
  due_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  last_error text,
  constraint announcements_channel_check CHECK ((channel = 'email'::text)),
  constraint announcements_locale_check CHECK ((locale = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint announcements_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text, 'suppressed'::text]))),
  constraint announcements_alarm_id_fkey FOREIGN KEY (alarm_id) REFERENCES alarms(id),
  constraint announcements_pkey PRIMARY KEY (id),
  constraint announcements_alarm_id_stage_recipient_channel_key UNIQUE (alarm_id, stage, recipient, channel)
);
CREATE INDEX announcements_due ON public.announcements USING btree (due_at) WHERE (state = 'waiting'::text);

create table audit (
  id bigint not null,
  at timestamp with time zone not null,
  member_id text,
  via text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  detail jsonb not null default '{}'::jsonb,
  constraint audit_via_check CHECK ((via = ANY (ARRAY['web'::text, 'cli'::text, 'job'::text, 'push'::text]))),
  constraint audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_at ON public.audit USING btree (at DESC, id DESC);
CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

create table customers (
  customer text not null,
  source_id text not null,
  name text,
  phone text,
  id_number text,
  address text,
  city text,
  district text,
  community text,
  cell text,
  brand text,
  age_band text,
  tenure_months integer,
  value_tier text,
  vpmn_group text,
  attributes jsonb not null default '{}'::jsonb,
  batch_id text not null,
  constraint customers_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batches(id),
  constraint customers_source_id_fkey FOREIGN KEY (source_id) REFERENCES sources(id),
  constraint customers_pkey PRIMARY KEY (customer)
);

create table idempotency_keys (
  member_id text not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  answer jsonb not null,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (member_id, key)
);

create table import_batches (
  id text not null,
  source_id text not null,
  member_id text not null,
  carries text not null,
  file_name text not null,
  file_hash text not null,
  file_bytes bigint not null,
  file_path text not null,
  options jsonb not null default '{}'::jsonb,
  state text not null,
  total_rows bigint,
  rows_done bigint not null default 0,
  accepted bigint not null default 0,
  duplicates bigint not null default 0,
  rejected bigint not null default 0,
  problems jsonb not null default '[]'::jsonb,
  cancel_asked boolean not null default false,
  error jsonb,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  version integer not null default 1,
  constraint import_batches_carries_check CHECK ((carries = ANY (ARRAY['voices'::text, 'customers'::text]))),
  constraint import_batches_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'checking'::text, 'checked'::text, 'queued'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text]))),
  constraint import_batches_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id),
  constraint import_batches_source_id_fkey FOREIGN KEY (source_id) REFERENCES sources(id),
  constraint import_batches_pkey PRIMARY KEY (id)
);
CREATE INDEX import_batches_created ON public.import_batches USING btree (created_at DESC, id);

create table live_events (
  id text not null,
  at timestamp with time zone not null,
  topic text not null,
  city text,
  district text,
  unit_path text,
  department text,
  payload jsonb not null,
  changed_tx xid8 not null default pg_current_xact_id(),
  constraint live_events_pkey PRIMARY KEY (id)
);
CREATE INDEX live_events_order ON public.live_events USING btree (changed_tx, id);

create table members (
  id text not null,
  login text not null,
  name text not null,
  email text,
  staff_no text,
  unit_id text not null,
  roles text[] not null,
  scope text not null,
  locale text not null default 'zh'::text,
  password_hash text,
  disabled_at timestamp with time zone,
  version integer not null default 1,
  constraint members_locale_check CHECK ((locale = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint members_scope_check CHECK ((scope = ANY (ARRAY['own'::text, 'team'::text, 'unit'::text, 'unit-below'::text, 'city'::text, 'province'::text]))),
  constraint members_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_units(id),
  constraint members_pkey PRIMARY KEY (id),
  constraint members_login_key UNIQUE (login),
  constraint members_staff_no_key UNIQUE (staff_no)
);

create table org_units (
  id text not null,
  parent_id text,
  level text not null,
  name text not null,
  name_en text not null,
  department text,
  city text,
  district text,
  path text not null,
  constraint org_units_level_check CHECK ((level = ANY (ARRAY['province'::text, 'city'::text, 'district'::text, 'branch'::text, 'unit'::text, 'department'::text]))),
  constraint org_units_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES org_units(id),
  constraint org_units_pkey PRIMARY KEY (id),
  constraint org_units_path_key UNIQUE (path)
);

create table outcomes (
  order_id text not null,
  horizon_days integer not null,
  verdict text not null,
  before_voices integer not null,
  before_days double precision not null,
  after_voices integer not null,
  after_days double precision not null,
  ratio double precision,
  low double precision,
  high double precision,
  measured_at timestamp with time zone not null,
  final boolean not null,
  constraint outcomes_verdict_check CHECK ((verdict = ANY (ARRAY['fell'::text, 'no-visible-change'::text, 'rose'::text, 'too-early'::text]))),
  constraint outcomes_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_orders(id),
  constraint outcomes_pkey PRIMARY KEY (order_id, horizon_days)
);

create table reader_models (
  version text not null,
  trained_at timestamp with time zone not null,
  report jsonb not null,
  weights bytea not null,
  active boolean not null default false,
  constraint reader_models_pkey PRIMARY KEY (version)
);

create table readings (
  voice_id bigint not null,
  reader_version text not null,
  category text,
  department text,
  stage text,
  business text,
  support text,
  bearer text,
  feeling text not null,
  language text not null,
  confidence real not null,
  because jsonb not null,
  read_at timestamp with time zone not null,
  changed_tx xid8 not null default pg_current_xact_id(),
  constraint readings_voice_id_fkey FOREIGN KEY (voice_id) REFERENCES voices(id) ON DELETE CASCADE,
  constraint readings_pkey PRIMARY KEY (voice_id, reader_version)
);
CREATE INDEX readings_category ON public.readings USING btree (category);
CREATE INDEX readings_changed ON public.readings USING btree (changed_tx);

create table regions (
  code text not null,
  parent text,
  level text not null,
  name text not null,
  name_en text not null,
  city text,
  district text,
  community text,
  constraint regions_level_check CHECK ((level = ANY (ARRAY['province'::text, 'city'::text, 'district'::text, 'community'::text, 'cell'::text]))),
  constraint regions_parent_fkey FOREIGN KEY (parent) REFERENCES regions(code),
  constraint regions_pkey PRIMARY KEY (code)
);
CREATE INDEX regions_name ON public.regions USING btree (name);

create table rejected_rows (
  batch_id text not null,
  row_no bigint not null,
  problems jsonb not null,
  raw jsonb not null,
  voice_id bigint,
  constraint rejected_rows_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batches(id),
  constraint rejected_rows_pkey PRIMARY KEY (batch_id, row_no)
);

create table rules (
  id text not null,
  version integer not null default 1,
  definition integer not null default 1,
  evaluated integer not null default 0,
  name_zh text not null,
  name_en text not null,
  dimension text not null,
  conditions jsonb not null,
  window_minutes integer not null,
  threshold integer not null,
  hold_minutes integer not null default 0,
  department text not null,
  severity text not null,
  recipients text[] not null default '{}'::text[],
  enabled boolean not null default true,
  updated_at timestamp with time zone not null,
  updated_by text,
  constraint rules_hold_minutes_check CHECK ((hold_minutes >= 0)),
  constraint rules_severity_check CHECK ((severity = ANY (ARRAY['notice'::text, 'serious'::text, 'critical'::text]))),
  constraint rules_threshold_check CHECK ((threshold > 0)),
  constraint rules_window_minutes_check CHECK ((window_minutes > 0)),
  constraint rules_pkey PRIMARY KEY (id)
);

create table schema_migrations (
  number integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (number)
);

create table sessions (
  token_hash bytea not null,
  member_id text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint sessions_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id) ON DELETE CASCADE,
  constraint sessions_pkey PRIMARY KEY (token_hash)
);

create table sign_in_attempts (
  key text not null,
  at timestamp with time zone not null
);
CREATE INDEX sign_in_attempts_key ON public.sign_in_attempts USING btree (key, at);

create table sign_in_links (
  token_hash bytea not null,
  member_id text not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint sign_in_links_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id) ON DELETE CASCADE,
  constraint sign_in_links_pkey PRIMARY KEY (token_hash)
);

create table sources (
  id text not null,
  name text not null,
  unit_id text not null,
  carries text not null,
  mapping jsonb,
  created_at timestamp with time zone not null,
  constraint sources_carries_check CHECK ((carries = ANY (ARRAY['voices'::text, 'customers'::text]))),
  constraint sources_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_units(id),
  constraint sources_pkey PRIMARY KEY (id)
);

create table subscriptions (
  subscription text not null,
  customer text not null,
  source_id text not null,
  body_hash bytea not null,
  product text,
  plan text,
  since timestamp with time zone,
  until timestamp with time zone,
  batch_id text not null,
  changed_tx xid8 not null default pg_current_xact_id(),
  constraint subscriptions_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batches(id),
  constraint subscriptions_customer_fkey FOREIGN KEY (customer) REFERENCES customers(customer),
  constraint subscriptions_source_id_fkey FOREIGN KEY (source_id) REFERENCES sources(id),
  constraint subscriptions_pkey PRIMARY KEY (subscription)
);
CREATE INDEX subscriptions_changed ON public.subscriptions USING btree (changed_tx);
CREATE INDEX subscriptions_customer ON public.subscriptions USING btree (customer);

create table voices (
  id bigint not null,
  source_id text not null,
  outside_key text not null,
  body_hash bytea not null,
  said_at timestamp with time zone not null,
  said_at_known boolean not null,
  arrived_at timestamp with time zone not null,
  kind text not null,
  channel text not null,
  product text,
  plan text,
  city text,
  district text,
  community text,
  cell text,
  unit_id text,
  unit_path text,
  agent text,
  customer text,
  phone text,
  score double precision,
  status text,
  recorded_category text,
  text text not null,
  text_masked text not null,
  turns jsonb,
  attributes jsonb not null default '{}'::jsonb,
  attributes_raw jsonb,
  batch_id text not null,
  constraint voices_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batches(id),
  constraint voices_source_id_fkey FOREIGN KEY (source_id) REFERENCES sources(id),
  constraint voices_pkey PRIMARY KEY (id),
  constraint voices_source_id_outside_key_key UNIQUE (source_id, outside_key)
);
CREATE INDEX voices_batch ON public.voices USING btree (batch_id);
CREATE INDEX voices_customer ON public.voices USING btree (customer) WHERE (customer IS NOT NULL);
CREATE INDEX voices_said_at ON public.voices USING btree (said_at, id);

create table watermarks (
  follower text not null,
  tx xid8 not null default '0'::xid8,
  as_of timestamp with time zone,
  took_ms integer not null default 0,
  constraint watermarks_pkey PRIMARY KEY (follower)
);

create table work_order_events (
  id text not null,
  order_id text not null,
  seq integer not null,
  at timestamp with time zone not null,
  member_id text,
  action text not null,
  from_state text,
  to_state text,
  department text,
  note text,
  constraint work_order_events_order_id_fkey FOREIGN KEY (order_id) REFERENCES work_orders(id),
  constraint work_order_events_pkey PRIMARY KEY (id),
  constraint work_order_events_order_id_seq_key UNIQUE (order_id, seq)
);
CREATE TRIGGER work_order_events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.work_order_events FOR EACH STATEMENT EXECUTE FUNCTION timeline_is_append_only();

create table work_orders (
  id text not null,
  origin text not null,
  alarm_id text,
  title text not null,
  severity text not null,
  state text not null,
  conditions jsonb not null,
  dimension text,
  value text,
  category text,
  city text,
  district text,
  unit_path text,
  department text not null,
  unit_id text not null,
  assignee_id text,
  created_by text,
  created_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  version integer not null default 1,
  constraint work_orders_origin_check CHECK ((origin = ANY (ARRAY['alarm'::text, 'finding'::text]))),
  constraint work_orders_state_check CHECK ((state = ANY (ARRAY['new'::text, 'accepted'::text, 'in-progress'::text, 'done'::text, 'returned'::text, 'closed'::text]))),
  constraint work_orders_alarm_id_fkey FOREIGN KEY (alarm_id) REFERENCES alarms(id),
  constraint work_orders_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES members(id),
  constraint work_orders_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_units(id),
  constraint work_orders_pkey PRIMARY KEY (id),
  constraint work_orders_alarm_id_key UNIQUE (alarm_id)
);
CREATE INDEX work_orders_department ON public.work_orders USING btree (department, state, due_at);
CREATE INDEX work_orders_listed ON public.work_orders USING btree (created_at DESC, id DESC);

CREATE OR REPLACE FUNCTION public.audit_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'audit rows are never changed or deleted';
end
$function$;

CREATE OR REPLACE FUNCTION public.timeline_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the timeline of a work order is never changed or deleted';
end
$function$;
