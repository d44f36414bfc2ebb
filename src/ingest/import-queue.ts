/** The queue of imports; its jobs say which batch, and whether only to judge it. */
export const IMPORT_QUEUE = 'ingest.import';

export interface ImportPayload {
  readonly batch: string;
  readonly dry: boolean;
}
