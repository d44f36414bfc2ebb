/** The queue of the next step: ingest enqueues by its name and never imports it. */
export const READ_QUEUE = 'understand.read';
