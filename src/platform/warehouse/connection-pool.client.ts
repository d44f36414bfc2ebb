import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** One connection per task: a DuckDB connection runs one statement at a time, and `interrupt` stops whatever it runs. */
export interface Pool {
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Stops what runs, waits for it to end, then closes. */
  close(): Promise<void>;
}

export async function connectionPool(instance: DuckDBInstance, size: number): Promise<Pool> {
  const all = await Promise.all(Array.from({ length: size }, () => instance.connect()));
  const free = [...all];
  const waiting: ((connection: DuckDBConnection) => void)[] = [];
  const running = new Set<Promise<unknown>>();
  let closed = false;
  const take = (): Promise<DuckDBConnection> => {
    const connection = free.pop();
    return connection === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(connection);
  };
  const give = (connection: DuckDBConnection): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(connection);
    else next(connection);
  };
  return {
    use: async (work) => {
      if (closed) throw new Error('The warehouse is closed');
      const connection = await take();
      const run = work(connection);
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
        give(connection);
      }
    },
    close: async () => {
      closed = true;
      while (running.size > 0) {
        for (const connection of all) connection.interrupt();
        await Promise.allSettled(running);
      }
      for (const connection of all) connection.closeSync();
    },
  };
}
