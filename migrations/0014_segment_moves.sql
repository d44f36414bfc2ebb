-- Where customers went from one run of a scheme to the next, counted by place, so that every viewer's own can be added up.
create table segment_moves (
  from_run text not null references segment_runs (id) on delete cascade,
  to_run text not null references segment_runs (id) on delete cascade,
  -- null: in no segment of that run.
  from_segment text,
  to_segment text,
  city text,
  district text,
  customers bigint not null
);
create index segment_moves_of on segment_moves (to_run, from_run);
