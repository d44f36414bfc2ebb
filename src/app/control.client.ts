import { chmodSync, closeSync, openSync, rmSync } from 'node:fs';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * The way from the command line to a server that runs: a socket in the home that only the owner can open.
 * One request line `{argv, cwd}` goes in; lines `{out}`, `{err}` and at last `{exit}` come back: null when the command is to run where
 * it was typed.
 */
export interface CommandRequest {
  readonly argv: readonly string[];
  readonly cwd: string;
}
export type Say = (line: { out?: string; err?: string }) => void;
export type RunCommand = (request: CommandRequest, say: Say, signal: AbortSignal) => Promise<number | null>;

const LONGEST_PATH = 100;

/** Socket paths end at 107 bytes; a longer home is reached through its open directory. */
function withSocketPath<T>(home: string, use: (path: string) => T): { value: T; done: () => void } {
  const path = join(home, 'control.sock');
  if (Buffer.byteLength(path) <= LONGEST_PATH || process.platform !== 'linux') return { value: use(path), done: () => {} };
  const directory = openSync(home, 'r');
  return { value: use(`/proc/self/fd/${directory}/control.sock`), done: () => closeSync(directory) };
}

export async function serveControl(home: string, run: RunCommand): Promise<{ close(): Promise<void> }> {
  rmSync(join(home, 'control.sock'), { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    answer(socket, run);
  });
  await listen(server, home);
  chmodSync(join(home, 'control.sock'), 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listen(server: Server, home: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const before = process.umask(0o177);
    const { done } = withSocketPath(home, (path) => server.listen(path, () => resolve()));
    server.once('listening', done);
    server.once('error', reject);
    process.umask(before);
  });
}

function answer(socket: Socket, run: RunCommand): void {
  const gone = new AbortController();
  socket.on('close', () => gone.abort());
  const send = (line: object): void => {
    if (socket.writable) socket.write(`${JSON.stringify(line)}\n`);
  };
  // The reader passes on what befalls the socket, and would end the process when nobody listens.
  createInterface({ input: socket })
    .on('error', () => socket.destroy())
    .once('line', (text) => {
      const request = JSON.parse(text) as CommandRequest;
      void run(request, send, gone.signal)
        .catch((error: unknown) => {
          send({ err: error instanceof Error ? error.message : String(error) });
          return 1;
        })
        .then((exit) => {
          send({ exit });
          socket.end();
        });
    });
}

/** Hands a command to the server that holds the home. Resolves with its exit code; null when nobody listens or it is to run here. */
export function askServer(home: string, request: CommandRequest, say: Say): Promise<number | null> {
  return new Promise((resolve) => {
    const { value: socket, done } = withSocketPath(home, (path) => connect(path));
    let exit: number | null = 1;
    let connected = false;
    socket.on('connect', () => {
      connected = true;
      done();
      socket.write(`${JSON.stringify(request)}\n`);
    });
    socket.on('error', () => {});
    const lines = createInterface({ input: socket });
    lines.on('error', () => {});
    lines.on('line', (text) => {
      const line = JSON.parse(text) as { out?: string; err?: string; exit?: number | null };
      if (line.exit === undefined) say(line);
      else exit = line.exit;
    });
    socket.on('close', () => {
      if (!connected) return resolve(null);
      // Wait until the reader has handed over the last line.
      setImmediate(() => resolve(exit));
    });
  });
}
