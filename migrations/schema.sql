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

create table backups (
  id text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  reason text not null,
  state text not null,
  file text not null,
  bytes bigint,
  rows bigint,
  voices bigint,
  level integer,
  verified text,
  verified_at timestamp with time zone,
  error text,
  removed_at timestamp with time zone,
  constraint backups_reason_check CHECK ((reason = ANY (ARRAY['asked'::text, 'scheduled'::text, 'before-upgrade'::text]))),
  constraint backups_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text]))),
  constraint backups_verified_check CHECK ((verified = ANY (ARRAY['restored'::text, 'read'::text]))),
  constraint backups_pkey PRIMARY KEY (id)
);
CREATE INDEX backups_started ON public.backups USING btree (started_at DESC, id);

create table cause_associations (
  category text not null,
  grievances integer not null,
  complained integer not null,
  counted_at timestamp with time zone not null,
  constraint cause_associations_pkey PRIMARY KEY (category)
);

create table coding_samples (
  id text not null,
  created_at timestamp with time zone not null,
  member_id text not null,
  said_from timestamp with time zone not null,
  said_before timestamp with time zone not null,
  seed integer not null,
  constraint coding_samples_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id),
  constraint coding_samples_pkey PRIMARY KEY (id)
);

create table coding_tasks (
  sample_id text not null,
  voice_id bigint not null,
  first_category text not null,
  second_category text,
  second_member_id text,
  coded_at timestamp with time zone,
  constraint coding_tasks_sample_id_fkey FOREIGN KEY (sample_id) REFERENCES coding_samples(id),
  constraint coding_tasks_second_member_id_fkey FOREIGN KEY (second_member_id) REFERENCES members(id),
  constraint coding_tasks_voice_id_fkey FOREIGN KEY (voice_id) REFERENCES voices(id) ON DELETE CASCADE,
  constraint coding_tasks_pkey PRIMARY KEY (sample_id, voice_id)
);
CREATE INDEX coding_tasks_waiting ON public.coding_tasks USING btree (voice_id) WHERE (second_category IS NULL);

create table customer_segments (
  customer text not null,
  temperament text,
  cluster text,
  usage_group text,
  changed_tx xid8 not null default pg_current_xact_id(),
  constraint customer_segments_pkey PRIMARY KEY (customer)
);
CREATE INDEX customer_segments_followed ON public.customer_segments USING btree (changed_tx, customer COLLATE "C");

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
  segment text,
  constraint customers_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batches(id),
  constraint customers_source_id_fkey FOREIGN KEY (source_id) REFERENCES sources(id),
  constraint customers_pkey PRIMARY KEY (customer)
);
CREATE INDEX customers_phone ON public.customers USING btree (phone) WHERE (phone IS NOT NULL);

create table experiment_customers (
  experiment_id text not null,
  customer text not null,
  arm smallint,
  traits jsonb not null default '{}'::jsonb,
  constraint experiment_customers_experiment_id_fkey FOREIGN KEY (experiment_id) REFERENCES experiments(id) ON DELETE CASCADE,
  constraint experiment_customers_pkey PRIMARY KEY (experiment_id, customer)
);

create table experiment_looks (
  experiment_id text not null,
  at timestamp with time zone not null,
  arm text not null,
  n integer not null,
  effect double precision not null,
  low double precision not null,
  high double precision not null,
  p double precision not null,
  constraint experiment_looks_experiment_id_fkey FOREIGN KEY (experiment_id) REFERENCES experiments(id) ON DELETE CASCADE,
  constraint experiment_looks_pkey PRIMARY KEY (experiment_id, at, arm)
);

create table experiment_outcomes (
  experiment_id text not null,
  metric text not null,
  customer text not null,
  value double precision not null,
  constraint experiment_outcomes_experiment_id_customer_fkey FOREIGN KEY (experiment_id, customer) REFERENCES experiment_customers(experiment_id, customer) ON DELETE CASCADE,
  constraint experiment_outcomes_pkey PRIMARY KEY (experiment_id, metric, customer)
);

create table experiments (
  id text not null,
  origin text not null,
  demonstration boolean not null default false,
  name text not null,
  strategy text not null,
  state text not null,
  unit_id text not null,
  unit_path text not null,
  city text,
  district text,
  arms jsonb not null,
  metrics jsonb not null,
  strata text[] not null default '{}'::text[],
  window_days integer not null,
  cohort jsonb,
  salt text,
  ask jsonb,
  report jsonb,
  reported_at timestamp with time zone,
  notes jsonb not null default '[]'::jsonb,
  conclusion jsonb,
  created_by text,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  ends_at timestamp with time zone,
  stopped_at timestamp with time zone,
  stop_reason text,
  version integer not null default 1,
  handling jsonb not null default '[]'::jsonb,
  action text,
  constraint experiments_origin_check CHECK ((origin = ANY (ARRAY['assigned'::text, 'table'::text]))),
  constraint experiments_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'running'::text, 'stopped'::text, 'concluded'::text]))),
  constraint experiments_window_days_check CHECK (((window_days >= 1) AND (window_days <= 400))),
  constraint experiments_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_units(id),
  constraint experiments_pkey PRIMARY KEY (id)
);
CREATE INDEX experiments_created ON public.experiments USING btree (created_at DESC, id DESC);
CREATE UNIQUE INDEX experiments_one_demonstration ON public.experiments USING btree (unit_id, name) WHERE demonstration;
CREATE INDEX experiments_tried ON public.experiments USING btree (state) WHERE ((state = 'running'::text) AND (handling <> '[]'::jsonb));

create table grievance_level_changes (
  voice_id bigint not null,
  at timestamp with time zone not null,
  level smallint not null,
  settings_version integer not null,
  constraint grievance_level_changes_voice_id_fkey FOREIGN KEY (voice_id) REFERENCES voices(id) ON DELETE CASCADE,
  constraint grievance_level_changes_pkey PRIMARY KEY (voice_id, at)
);

create table grievance_levels (
  voice_id bigint not null,
  level smallint not null,
  score real not null,
  reasons jsonb not null,
  settings_version integer not null,
  facts_at timestamp with time zone not null,
  constraint grievance_levels_level_check CHECK (((level >= 1) AND (level <= 5))),
  constraint grievance_levels_voice_id_fkey FOREIGN KEY (voice_id) REFERENCES voices(id) ON DELETE CASCADE,
  constraint grievance_levels_pkey PRIMARY KEY (voice_id)
);
CREATE INDEX grievance_levels_level ON public.grievance_levels USING btree (level, voice_id);

create table grievance_scores (
  voice_id bigint not null,
  version text not null,
  scored_at timestamp with time zone not null,
  said_at timestamp with time zone not null,
  category text,
  p7 double precision not null,
  p7_low double precision not null,
  p7_high double precision not null,
  p30 double precision not null,
  p30_low double precision not null,
  p30_high double precision not null,
  factors jsonb not null,
  complained30 boolean,
  constraint grievance_scores_version_fkey FOREIGN KEY (version) REFERENCES model_versions(id),
  constraint grievance_scores_voice_id_fkey FOREIGN KEY (voice_id) REFERENCES voices(id) ON DELETE CASCADE,
  constraint grievance_scores_pkey PRIMARY KEY (voice_id, version)
);
CREATE INDEX grievance_scores_open ON public.grievance_scores USING btree (said_at) WHERE (complained30 IS NULL);
CREATE INDEX grievance_scores_recent ON public.grievance_scores USING btree (version, said_at);

create table handling_actions (
  id text not null,
  voice_id bigint not null,
  kind text not null,
  at timestamp with time zone not null,
  done_by text,
  recorded_by text,
  recorded_at timestamp with time zone not null,
  constraint handling_actions_voice_id_fkey FOREIGN KEY (voice_id) REFERENCES voices(id) ON DELETE CASCADE,
  constraint handling_actions_pkey PRIMARY KEY (id),
  constraint handling_actions_voice_id_kind_at_key UNIQUE (voice_id, kind, at)
);
CREATE INDEX handling_actions_at ON public.handling_actions USING btree (at);

create table handling_lines (
  kind text not null,
  key text not null,
  version integer not null,
  value jsonb not null,
  reason text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint handling_lines_kind_check CHECK ((kind = ANY (ARRAY['expectation'::text, 'strategy'::text, 'cost'::text]))),
  constraint handling_lines_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES members(id),
  constraint handling_lines_pkey PRIMARY KEY (kind, key, version)
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
  error jsonb,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  version integer not null default 1,
  undo jsonb,
  not_kept integer not null default 0,
  constraint import_batches_carries_check CHECK ((carries = ANY (ARRAY['voices'::text, 'customers'::text, 'usage'::text]))),
  constraint import_batches_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'checking'::text, 'checked'::text, 'queued'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text, 'undoing'::text, 'undone'::text]))),
  constraint import_batches_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id),
  constraint import_batches_source_id_fkey FOREIGN KEY (source_id) REFERENCES sources(id),
  constraint import_batches_pkey PRIMARY KEY (id)
);
CREATE INDEX import_batches_created ON public.import_batches USING btree (created_at DESC, id);

create table import_before (
  batch_id text not null,
  kind text not null,
  key text not null,
  before jsonb,
  constraint import_before_kind_check CHECK ((kind = ANY (ARRAY['customer'::text, 'subscription'::text]))),
  constraint import_before_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batches(id),
  constraint import_before_pkey PRIMARY KEY (batch_id, kind, key)
);

create table level_settings (
  version integer not null,
  settings jsonb not null,
  member_id text not null,
  created_at timestamp with time zone not null,
  note text,
  constraint level_settings_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id),
  constraint level_settings_pkey PRIMARY KEY (version)
);

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

create table model_trainings (
  id bigint not null generated as identity,
  state text not null,
  progress real not null default 0,
  member_id text,
  asked_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  error text,
  constraint model_trainings_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
  constraint model_trainings_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id),
  constraint model_trainings_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX model_trainings_open ON public.model_trainings USING btree ((true)) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

create table model_versions (
  id text not null,
  trained_at timestamp with time zone not null,
  state text not null,
  state_at timestamp with time zone not null,
  why text not null,
  models jsonb not null,
  card jsonb not null,
  trained_by text,
  constraint model_versions_state_check CHECK ((state = ANY (ARRAY['champion'::text, 'challenger'::text, 'retired'::text]))),
  constraint model_versions_why_check CHECK ((why = ANY (ARRAY['first'::text, 'better'::text, 'not-better'::text, 'no-signal'::text, 'replaced'::text]))),
  constraint model_versions_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX model_versions_champion ON public.model_versions USING btree ((true)) WHERE (state = 'champion'::text);
CREATE INDEX model_versions_newest ON public.model_versions USING btree (trained_at DESC, id);

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
  version integer not null default 1,
  retired_at timestamp with time zone,
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

create table pair_runs (
  id bigint not null generated as identity,
  scope jsonb not null,
  no integer not null,
  window_days integer not null,
  state text not null,
  progress real not null default 0,
  member_id text,
  asked_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  error text,
  summary jsonb,
  differences jsonb,
  scheme text not null default 'rules'::text,
  constraint pair_runs_scheme_check CHECK ((scheme = ANY (ARRAY['rules'::text, 'temperament'::text, 'clusters'::text, 'usage'::text]))),
  constraint pair_runs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
  constraint pair_runs_window_days_check CHECK (((window_days >= 1) AND (window_days <= 90))),
  constraint pair_runs_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id),
  constraint pair_runs_pkey PRIMARY KEY (id),
  constraint pair_runs_scope_no_key UNIQUE (scope, no)
);
CREATE INDEX pair_runs_newest ON public.pair_runs USING btree (scope, window_days, id DESC);
CREATE UNIQUE INDEX pair_runs_open ON public.pair_runs USING btree (scope, window_days, scheme) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

create table pairs (
  run_id bigint not null,
  segment text not null,
  grievance text not null,
  complaint text not null,
  figures jsonb not null,
  profile jsonb,
  complaint_voices bigint[],
  grievance_voices bigint[],
  constraint pairs_run_id_fkey FOREIGN KEY (run_id) REFERENCES pair_runs(id) ON DELETE CASCADE,
  constraint pairs_pkey PRIMARY KEY (run_id, segment, grievance, complaint)
);

create table peak_calls (
  id text not null,
  city text not null,
  day date not null,
  voice_id bigint not null,
  customer text not null,
  category text,
  level smallint,
  segment text,
  tier text not null,
  p double precision not null,
  p_low double precision not null,
  p_high double precision not null,
  p_from text not null,
  gain double precision not null,
  state text not null,
  specialist_id text,
  queued_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  taken_at timestamp with time zone,
  done_at timestamp with time zone,
  outcome jsonb,
  version integer not null default 1,
  assigned_id text,
  constraint peak_calls_p_from_check CHECK ((p_from = ANY (ARRAY['model'::text, 'cause'::text]))),
  constraint peak_calls_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'taken'::text, 'done'::text, 'held_out'::text, 'expired'::text]))),
  constraint peak_calls_tier_check CHECK ((tier = ANY (ARRAY['high'::text, 'usual'::text, 'low'::text]))),
  constraint peak_calls_assigned_id_fkey FOREIGN KEY (assigned_id) REFERENCES specialists(id),
  constraint peak_calls_specialist_id_fkey FOREIGN KEY (specialist_id) REFERENCES specialists(id),
  constraint peak_calls_voice_id_fkey FOREIGN KEY (voice_id) REFERENCES voices(id) ON DELETE CASCADE,
  constraint peak_calls_pkey PRIMARY KEY (id),
  constraint peak_calls_voice_id_key UNIQUE (voice_id)
);
CREATE INDEX peak_calls_customer ON public.peak_calls USING btree (customer, queued_at);
CREATE INDEX peak_calls_day ON public.peak_calls USING btree (city, day, gain DESC);
CREATE INDEX peak_calls_open ON public.peak_calls USING btree (day) WHERE (state = ANY (ARRAY['waiting'::text, 'taken'::text]));
CREATE INDEX peak_calls_queued ON public.peak_calls USING btree (queued_at);
CREATE INDEX peak_calls_since ON public.peak_calls USING btree (day);
CREATE INDEX peak_calls_specialist ON public.peak_calls USING btree (specialist_id) WHERE (specialist_id IS NOT NULL);

create table peak_comforts (
  customer text not null,
  city text not null,
  given_at timestamp with time zone not null,
  level smallint not null,
  tier text not null,
  each_yuan double precision not null,
  given_by text not null,
  constraint peak_comforts_tier_check CHECK ((tier = ANY (ARRAY['high'::text, 'usual'::text, 'low'::text]))),
  constraint peak_comforts_given_by_fkey FOREIGN KEY (given_by) REFERENCES members(id),
  constraint peak_comforts_pkey PRIMARY KEY (customer, given_at)
);
CREATE INDEX peak_comforts_city ON public.peak_comforts USING btree (city, given_at);

create table peak_lines (
  city text not null,
  day date not null,
  line double precision,
  days integer not null,
  calls integer not null,
  basis text not null,
  effect jsonb not null,
  nobodys integer not null default 0,
  solved_at timestamp with time zone not null,
  constraint peak_lines_pkey PRIMARY KEY (city, day)
);

create table peak_settings (
  version integer not null,
  settings jsonb not null,
  reason text not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint peak_settings_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES members(id),
  constraint peak_settings_pkey PRIMARY KEY (version)
);

create table peak_tests (
  city text not null,
  day date not null,
  line double precision not null,
  above integer not null,
  calls integer not null,
  fits boolean not null,
  constraint peak_tests_pkey PRIMARY KEY (city, day)
);

create table preferences (
  member_id text not null,
  settings jsonb not null,
  changed_at timestamp with time zone not null,
  constraint preferences_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id) ON DELETE CASCADE,
  constraint preferences_pkey PRIMARY KEY (member_id)
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
CREATE INDEX readings_followed ON public.readings USING btree (changed_tx, voice_id);

create table recording_effects (
  voice_id bigint not null,
  at timestamp with time zone not null,
  effect text not null,
  member_id text not null,
  constraint recording_effects_effect_check CHECK ((effect = ANY (ARRAY['none'::text, 'little'::text, 'most'::text, 'all-unhappy'::text, 'all-happy'::text]))),
  constraint recording_effects_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id),
  constraint recording_effects_voice_id_fkey FOREIGN KEY (voice_id) REFERENCES recordings(voice_id) ON DELETE CASCADE,
  constraint recording_effects_pkey PRIMARY KEY (voice_id, at)
);

create table recordings (
  voice_id bigint not null,
  member_id text not null,
  recorded_at timestamp with time zone not null,
  problem boolean not null,
  upset boolean not null,
  insists boolean not null,
  responsible text not null,
  times integer not null,
  explained boolean not null,
  demand text,
  solution text,
  online boolean not null,
  started_at timestamp with time zone not null,
  first_reply_at timestamp with time zone,
  frequency_90d integer not null,
  last_before_at timestamp with time zone,
  script smallint,
  constraint recordings_responsible_check CHECK ((responsible = ANY (ARRAY['unclear'::text, 'yes'::text, 'no'::text]))),
  constraint recordings_script_check CHECK (((script >= 0) AND (script <= 20))),
  constraint recordings_times_check CHECK (((times >= 1) AND (times <= 1000))),
  constraint recordings_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id),
  constraint recordings_voice_id_fkey FOREIGN KEY (voice_id) REFERENCES voices(id) ON DELETE CASCADE,
  constraint recordings_pkey PRIMARY KEY (voice_id)
);
CREATE INDEX recordings_member ON public.recordings USING btree (member_id, recorded_at);

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
CREATE INDEX rejected_rows_voice ON public.rejected_rows USING btree (voice_id) WHERE (voice_id IS NOT NULL);

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

create table saved_views (
  id text not null,
  page text not null,
  name text not null,
  query text not null,
  audience text not null,
  owner_id text not null,
  unit_id text not null,
  city text,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  version integer not null default 1,
  constraint saved_views_audience_check CHECK ((audience = ANY (ARRAY['private'::text, 'team'::text, 'public'::text]))),
  constraint saved_views_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES members(id),
  constraint saved_views_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_units(id),
  constraint saved_views_pkey PRIMARY KEY (id)
);
CREATE INDEX saved_views_owner ON public.saved_views USING btree (owner_id);
CREATE INDEX saved_views_page ON public.saved_views USING btree (page, name);

create table schema_migrations (
  number integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (number)
);

create table score_drift (
  version text not null,
  day date not null,
  name text not null,
  counts integer[] not null,
  constraint score_drift_version_fkey FOREIGN KEY (version) REFERENCES model_versions(id),
  constraint score_drift_pkey PRIMARY KEY (version, day, name)
);

create table segment_facts (
  run_id text not null,
  segment text not null,
  city text,
  district text,
  customers bigint not null,
  numbers jsonb not null,
  categories jsonb not null,
  constraint segment_facts_run_id_fkey FOREIGN KEY (run_id) REFERENCES segment_runs(id) ON DELETE CASCADE,
  constraint segment_facts_run_id_segment_city_district_key UNIQUE NULLS NOT DISTINCT (run_id, segment, city, district)
);

create table segment_members (
  run_id text not null,
  customer text not null,
  segment text not null,
  why jsonb,
  constraint segment_members_run_id_fkey FOREIGN KEY (run_id) REFERENCES segment_runs(id) ON DELETE CASCADE,
  constraint segment_members_pkey PRIMARY KEY (run_id, customer)
);

create table segment_moves (
  from_run text not null,
  to_run text not null,
  from_segment text,
  to_segment text,
  city text,
  district text,
  customers bigint not null,
  constraint segment_moves_from_run_fkey FOREIGN KEY (from_run) REFERENCES segment_runs(id) ON DELETE CASCADE,
  constraint segment_moves_to_run_fkey FOREIGN KEY (to_run) REFERENCES segment_runs(id) ON DELETE CASCADE
);
CREATE INDEX segment_moves_of ON public.segment_moves USING btree (to_run, from_run);

create table segment_runs (
  id text not null,
  scheme text not null,
  scheme_version integer not null,
  as_of timestamp with time zone not null,
  month text not null,
  state text not null,
  progress double precision not null default 0,
  customers bigint,
  left_out jsonb not null default '{}'::jsonb,
  report jsonb,
  model jsonb,
  error text,
  asked_by text,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint segment_runs_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text)),
  constraint segment_runs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text]))),
  constraint segment_runs_scheme_fkey FOREIGN KEY (scheme) REFERENCES segment_schemes(id),
  constraint segment_runs_pkey PRIMARY KEY (id)
);
CREATE INDEX segment_runs_listed ON public.segment_runs USING btree (scheme, as_of DESC, id DESC);

create table segment_schemes (
  id text not null,
  definition jsonb not null,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  updated_by text,
  constraint segment_schemes_id_check CHECK ((id = ANY (ARRAY['rules'::text, 'temperament'::text, 'clusters'::text, 'usage'::text]))),
  constraint segment_schemes_pkey PRIMARY KEY (id)
);

create table segments (
  scheme text not null,
  segment text not null,
  name_zh text not null,
  name_en text not null,
  constraint segments_scheme_fkey FOREIGN KEY (scheme) REFERENCES segment_schemes(id),
  constraint segments_pkey PRIMARY KEY (scheme, segment)
);

create table sessions (
  token_hash bytea not null,
  member_id text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  kind text not null default 'browser'::text,
  name text not null default ''::text,
  verbs text[],
  constraint sessions_kind_check CHECK ((kind = ANY (ARRAY['browser'::text, 'token'::text]))),
  constraint sessions_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id) ON DELETE CASCADE,
  constraint sessions_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX sessions_member ON public.sessions USING btree (member_id);

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
  constraint sources_carries_check CHECK ((carries = ANY (ARRAY['voices'::text, 'customers'::text, 'usage'::text]))),
  constraint sources_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES org_units(id),
  constraint sources_pkey PRIMARY KEY (id)
);

create table specialists (
  id text not null,
  member_id text not null,
  city text not null,
  minutes integer[] not null,
  minutes_per_call integer not null,
  categories text[] not null default '{}'::text[],
  segments text[] not null default '{}'::text[],
  duties text not null default ''::text,
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint specialists_minutes_check CHECK ((array_length(minutes, 1) = 7)),
  constraint specialists_minutes_per_call_check CHECK ((minutes_per_call > 0)),
  constraint specialists_member_id_fkey FOREIGN KEY (member_id) REFERENCES members(id),
  constraint specialists_pkey PRIMARY KEY (id),
  constraint specialists_member_id_city_key UNIQUE (member_id, city)
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

create table survey_decisions (
  kind text not null,
  subject text not null,
  body jsonb not null,
  version integer not null default 1,
  decided_at timestamp with time zone not null,
  decided_by text not null,
  constraint survey_decisions_kind_check CHECK ((kind = ANY (ARRAY['match'::text, 'weights'::text, 'question'::text]))),
  constraint survey_decisions_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES members(id),
  constraint survey_decisions_pkey PRIMARY KEY (kind, subject)
);

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
CREATE INDEX voices_around ON public.voices USING btree (district, said_at) WHERE (kind = ANY (ARRAY['grievance'::text, 'fault'::text, 'complaint'::text]));
CREATE INDEX voices_batch ON public.voices USING btree (batch_id);
CREATE INDEX voices_grieved_arrived ON public.voices USING btree (arrived_at) WHERE ((kind = ANY (ARRAY['grievance'::text, 'fault'::text])) AND (customer IS NOT NULL));
CREATE INDEX voices_of_customer ON public.voices USING btree (customer, said_at, id) WHERE (customer IS NOT NULL);
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
