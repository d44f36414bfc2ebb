-- Every refused push is kept with its reason; of days before this, how many were only counted.
alter table import_batches add column not_kept integer not null default 0;
update import_batches b set not_kept = b.rejected - (select count(*) from rejected_rows r where r.batch_id = b.id)
where b.file_name = 'push' and b.rejected > 0;
alter table import_batches drop column cancel_asked;
