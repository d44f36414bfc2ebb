-- Taking an import back: two more states, what customers were before it, and how far the taking back has come.
alter table import_batches drop constraint import_batches_state_check;
alter table import_batches add constraint import_batches_state_check
  check (state in ('draft', 'checking', 'checked', 'queued', 'running', 'done', 'cancelled', 'failed', 'undoing', 'undone'));
-- {first_said, last_said, rows, gone}: set when the undo begins, so that rules look again at these times even after a crash.
alter table import_batches add column undo jsonb;

-- Customers and subscriptions as they stood when a batch first touched them; gone once the batch is undone.
create table import_before (
  batch_id text not null references import_batches (id),
  kind text not null check (kind in ('customer', 'subscription')),
  key text not null,
  -- null: there was none.
  before jsonb,
  primary key (batch_id, kind, key)
);
create index rejected_rows_voice on rejected_rows (voice_id) where voice_id is not null;
