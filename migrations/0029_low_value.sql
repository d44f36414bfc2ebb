-- Customers of low value, who counted as usual before: calls and comforts of before keep what they were handled as.
alter table peak_calls drop constraint peak_calls_tier_check, add constraint peak_calls_tier_check check (tier in ('high', 'usual', 'low'));
alter table peak_comforts drop constraint peak_comforts_tier_check, add constraint peak_comforts_tier_check check (tier in ('high', 'usual', 'low'));
-- An experiment on those of usual value was one on those of low value, too, and tries its offer on them until it ends.
update experiments e set handling = e.handling || (
  select jsonb_agg(jsonb_build_object('level', tried -> 'level', 'tier', 'low')) from jsonb_array_elements(e.handling) tried where tried ->> 'tier' = 'usual')
where e.handling @> '[{"tier": "usual"}]'::jsonb;
