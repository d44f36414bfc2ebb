import { type Server, type Socket, connect, createServer } from 'node:net';

export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** Ends the connection right after the n-th COMMIT went on to the server, before its answer comes back. */
  cutAfterCommit(n?: number): void;
  /** How many connections were cut so. */
  readonly cuts: number;
  /** Connections of now say nothing any more, in either direction; those made later work. */
  blackHole(): number;
  /** Nobody is let in, and whoever was in is thrown out. */
  close(): Promise<void>;
}

const COMMIT = /commit\0/i;

/** A wire to PostgreSQL that breaks when and how a test says. */
export async function faultProxy(target: { readonly host: string; readonly port: number; readonly at?: number }): Promise<FaultProxy> {
  const state = { commits: 0, cuts: 0 };
  const pairs = new Set<{ client: Socket; server: Socket; silent: boolean }>();
  const listener: Server = createServer((client) => {
    const server = connect(target.port, target.host);
    const pair = { client, server, silent: false };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      if (pair.silent) return;
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
    client.on('data', (bytes) => {
      if (pair.silent) return;
      const isCut = state.commits > 0 && COMMIT.test(bytes.toString('latin1')) && --state.commits === 0;
      if (!isCut) return void server.write(bytes);
      state.cuts += 1;
      // The server gets it and does it; nobody hears of that.
      server.removeAllListeners('data');
      server.write(bytes, () => setTimeout(end, 50));
      client.destroy();
    });
    server.on('data', (bytes) => {
      if (!pair.silent && !client.destroyed) client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => listener.listen(target.at ?? 0, '127.0.0.1', resolve));
  const address = listener.address();
  const close = async (): Promise<void> => {
    for (const { client, server } of pairs) for (const socket of [client, server]) socket.destroy();
    await new Promise<void>((resolve) => listener.close(() => resolve()));
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cutAfterCommit(n = 1) {
      state.commits = n;
    },
    get cuts() {
      return state.cuts;
    },
    blackHole() {
      for (const pair of pairs) pair.silent = true;
      return pairs.size;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
