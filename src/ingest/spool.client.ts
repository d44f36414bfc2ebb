import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { flush } from '../platform/flush.client.ts';

export interface Spooled {
  readonly path: string;
  readonly hash: string;
  readonly bytes: number;
}

/** Keeps an upload in the home under a name of our own, on the disk before anybody counts on it; a broken upload leaves nothing behind. */
export async function spoolUpload(home: string, name: string, upload: NodeJS.ReadableStream): Promise<Spooled> {
  if (basename(name) !== name) throw new Error(`An upload is kept under a plain name, not ${name}.`);
  const folder = join(home, 'spool');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${name}.part`);
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(upload, count, createWriteStream(draft, { mode: 0o600, flush: true }));
    const path = join(folder, name);
    await rename(draft, path);
    await flush(folder);
    return { path, hash: hash.digest('hex'), bytes };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
