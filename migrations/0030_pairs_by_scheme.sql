-- Pairs by any scheme of segments; every run before this was by rule.
alter table pair_runs add column scheme text not null default 'rules' check (scheme in ('rules', 'temperament', 'clusters', 'usage'));
drop index pair_runs_open;
-- One at a time for a scope, window and scheme.
create unique index pair_runs_open on pair_runs (scope, window_days, scheme) where state in ('queued', 'running');
