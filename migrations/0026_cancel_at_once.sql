-- A run or training that is cancelled is over at once: whoever computes it finds that and stops, and one whose job is dead needs nobody to find it.
update pair_runs set state = 'cancelled', finished_at = now() where cancel_asked and state in ('queued', 'running');
update model_trainings set state = 'cancelled', finished_at = now() where cancel_asked and state in ('queued', 'running');
alter table pair_runs drop column cancel_asked;
alter table model_trainings drop column cancel_asked;
alter table segment_runs drop column cancel_asked;
