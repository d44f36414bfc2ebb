-- The follower reads in the order (changed_tx, voice_id): from the index, without sorting all that is still to come.
create index readings_followed on readings (changed_tx, voice_id);
drop index readings_changed;
-- No statement looks readings up by their category alone; the index was only kept up to date.
drop index readings_category;
