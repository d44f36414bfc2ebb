import type pg from 'pg';

/** What `pg` offers to statements that speak COPY; its types leave it out. */
interface Wire {
  readonly stream: {
    pause(): void;
    resume(): void;
    readonly writableNeedDrain: boolean;
    on(event: 'drain' | 'close', then: () => void): void;
    off(event: 'drain' | 'close', then: () => void): void;
  };
  query(text: string): void;
  sendCopyFromChunk(bytes: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}
type Chunk = { readonly chunk: Buffer };
type Tag = { readonly text: string };

/** Runs a `COPY … TO STDOUT`: each piece is handed on before the next is read. Resolves with the number of rows. */
export function copyOut(client: pg.ClientBase, statement: string, take: (bytes: Buffer) => Promise<void>): Promise<number> {
  return new Promise((resolve, reject) => {
    let failed: Error | null = null;
    let rows = 0;
    let wire: Wire | null = null;
    let busy: Promise<void> = Promise.resolve();
    let queued = 0;
    const given = (bytes: Buffer): void => {
      queued += bytes.length;
      if (queued > HIGH_WATER) wire?.stream.pause();
      busy = busy
        .then(() => (failed === null ? take(bytes) : undefined))
        .catch((error: unknown) => {
          failed ??= asError(error);
        })
        .then(() => {
          queued -= bytes.length;
          if (queued <= HIGH_WATER) wire?.stream.resume();
        });
    };
    submit(client, {
      submit: (connection) => {
        wire = connection;
        connection.query(statement);
      },
      // The bytes belong to the connection's buffer, which is used again.
      handleCopyData: ({ chunk }) => given(Buffer.from(chunk)),
      handleCommandComplete: ({ text }) => (rows = rowsOfTag(text)),
      handleError: (error) => reject(error),
      handleReadyForQuery: () => void busy.then(() => (failed === null ? resolve(rows) : reject(failed))),
    });
  });
}

/** Runs a `COPY … FROM STDIN` with the given bytes. Resolves with the number of rows. */
export function copyIn(client: pg.ClientBase, statement: string, source: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    let failed: Error | null = null;
    let rows = 0;
    submit(client, {
      submit: (connection) => connection.query(statement),
      handleCopyInResponse: (connection) => {
        void feed(connection, source, () => failed !== null).then(
          () => failed ?? connection.endCopyFrom(),
          (error: unknown) => {
            failed ??= asError(error);
            connection.sendCopyFail(failed.message.slice(0, 200));
          },
        );
      },
      handleCommandComplete: ({ text }) => (rows = rowsOfTag(text)),
      handleError: (error) => {
        failed ??= error;
        reject(failed);
      },
      handleReadyForQuery: () => (failed === null ? resolve(rows) : reject(failed)),
    });
  });
}

async function feed(connection: Wire, source: AsyncIterable<Buffer>, isOver: () => boolean): Promise<void> {
  for await (const bytes of source) {
    for (let at = 0; at < bytes.length; at += SLICE) {
      if (isOver()) return;
      connection.sendCopyFromChunk(bytes.subarray(at, at + SLICE));
      if (connection.stream.writableNeedDrain) await drained(connection.stream);
    }
  }
}

/** A connection that ended never drains; whoever waits is let go all the same, and leaves no listener behind. */
function drained(stream: Wire['stream']): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}

const HIGH_WATER = 4 * 1024 * 1024;
const SLICE = 64 * 1024;

interface Statement {
  submit(connection: Wire): void;
  handleCopyData?(message: Chunk, connection: Wire): void;
  handleCopyInResponse?(connection: Wire): void;
  handleCommandComplete(message: Tag): void;
  handleError(error: Error): void;
  handleReadyForQuery(): void;
}

function submit(client: pg.ClientBase, statement: Statement): void {
  const nothing = (): void => undefined;
  client.query({
    handleRowDescription: nothing,
    handleDataRow: nothing,
    handlePortalSuspended: nothing,
    handleEmptyQuery: nothing,
    ...statement,
  } as never);
}

/** `COPY 1234` */
const rowsOfTag = (tag: string): number => Number(tag.split(' ')[1] ?? 0);
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
