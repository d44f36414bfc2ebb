-- Files of monthly usage: their rows land as Parquet in the home, so only the batch stands here.
alter table sources drop constraint sources_carries_check;
alter table sources add constraint sources_carries_check check (carries in ('voices', 'customers', 'usage'));
alter table import_batches drop constraint import_batches_carries_check;
alter table import_batches add constraint import_batches_carries_check check (carries in ('voices', 'customers', 'usage'));
