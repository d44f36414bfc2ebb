import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { flush } from '../platform/flush.client.ts';
import { countedBody } from '../platform/http/counted-body.ts';

export interface Spooled {
  readonly path: string;
  readonly hash: string;
  readonly bytes: number;
}

const spoolOf = (home: string): string => join(home, 'spool');

/** Whether a file is an upload that we keep, and not one of somebody's own that the command line was given. */
export const isSpooled = (home: string, path: string): boolean => dirname(path) === spoolOf(home);

/** Throws an upload away; a file that is somebody's own stays. */
export async function dropSpooled(home: string, path: string): Promise<void> {
  if (isSpooled(home, path)) await rm(path, { force: true });
}

/** Throws away what lies in the spool under none of these names. To be run only while nothing is being uploaded. */
export async function sweepSpool(home: string, keep: ReadonlySet<string>): Promise<void> {
  const there = await readdir(spoolOf(home)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of there) if (!keep.has(name)) await rm(join(spoolOf(home), name), { force: true });
}

/** Bytes of one file; what is larger is brought with `voxloop import`, which reads it where it lies. */
const UPLOAD_LIMIT = 8 * 1024 ** 3;

/** Keeps an upload in the home under a name of our own, on the disk before anybody counts on it; a broken one, or one of more than `limit` bytes (`too-large`), leaves nothing behind. */
export async function spoolUpload(home: string, name: string, upload: NodeJS.ReadableStream, limit = UPLOAD_LIMIT): Promise<Spooled> {
  if (basename(name) !== name) throw new Error(`An upload is kept under a plain name, not ${name}.`);
  const folder = spoolOf(home);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${name}.part`);
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of countedBody(upload, limit)) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  try {
    await pipeline(counted, createWriteStream(draft, { mode: 0o600, flush: true }));
    const path = join(folder, name);
    await rename(draft, path);
    await flush(folder);
    return { path, hash: hash.digest('hex'), bytes };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
