-- Who was to call, which does not change when another takes the call: what came after is compared by it. Of calls before this, who took
-- them counts as who was to.
alter table peak_calls add column assigned_id text references specialists (id);
update peak_calls set assigned_id = specialist_id where specialist_id is not null;
