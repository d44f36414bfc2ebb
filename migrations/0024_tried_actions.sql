-- The handling action that an experiment tries: it stands behind the effect of that action alone. null: none of them.
alter table experiments add column action text;
