-- The strategies of handling (level × value) that an experiment tries.
alter table experiments add column handling jsonb not null default '[]';
create index experiments_tried on experiments (state) where state = 'running' and handling <> '[]'::jsonb;

-- Which of a category's explanations an agent gave, from 0.
alter table recordings add column script smallint check (script between 0 and 20);
