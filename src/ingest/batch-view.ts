import type { BatchView, ImportSettings } from '../model/import-views.ts';
import type { ImportBatch } from './import-batch.ts';

/** A batch as its page shows it: progress is the share of the file read, from which rate and time left follow. */
export function batchView(batch: ImportBatch, nowMs: number): BatchView {
  const ended = batch.finishedAt !== null;
  const share = batch.state === 'done' || batch.state === 'checked' ? 1 : (batch.options.read_share ?? 0);
  const started = batch.startedAt === null ? null : Date.parse(batch.startedAt);
  const seconds = started === null ? 0 : Math.max(0, ((batch.finishedAt === null ? nowMs : Date.parse(batch.finishedAt)) - started) / 1000);
  const rate = seconds > 0 ? batch.rowsDone / seconds : null;
  return {
    id: batch.id,
    source: batch.source,
    as: batch.carries,
    file_name: batch.fileName,
    bytes: batch.fileBytes,
    state: batch.state,
    rows_total: batch.totalRows,
    rows_done: batch.rowsDone,
    accepted: batch.accepted,
    duplicates: batch.duplicates,
    rejected: batch.rejected,
    problems: batch.problems,
    percent: Math.round(share * 1000) / 10,
    rows_per_second: rate === null ? null : Math.round(rate),
    seconds_left: ended || share === 0 || started === null ? null : Math.round((seconds * (1 - share)) / share),
    created_at: batch.createdAt,
    started_at: batch.startedAt,
    finished_at: batch.finishedAt,
    member: batch.member,
    error: batch.error,
    version: batch.version,
    options: batch.options as ImportSettings,
    undo: batch.undo === null ? null : { rows: batch.undo.rows, gone: batch.undo.gone },
  };
}
