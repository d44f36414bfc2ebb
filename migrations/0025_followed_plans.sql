-- Whether so many grievances of known customers came since: asked every two minutes, for ever.
create index voices_grieved_arrived on voices (arrived_at) where kind in ('grievance', 'fault') and customer is not null;

-- The queue of calls by the time, the specialist and the day that its figures ask for.
create index peak_calls_queued on peak_calls (queued_at);
create index peak_calls_specialist on peak_calls (specialist_id) where specialist_id is not null;
create index peak_calls_since on peak_calls (day);
