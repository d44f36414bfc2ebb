import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { flush } from '../platform/flush.client.ts';
import { countedBody } from '../platform/http/counted-body.ts';

export interface Spooled {
  readonly path: string;
  readonly hash: string;
  readonly bytes: number;
}

/** Bytes of one file; what is larger is brought with `voxloop import`, which reads it where it lies. */
const UPLOAD_LIMIT = 8 * 1024 ** 3;

/** Keeps an upload in the home under a name of our own, on the disk before anybody counts on it; a broken one, or one of more than `limit` bytes (`too-large`), leaves nothing behind. */
export async function spoolUpload(home: string, name: string, upload: NodeJS.ReadableStream, limit = UPLOAD_LIMIT): Promise<Spooled> {
  if (basename(name) !== name) throw new Error(`An upload is kept under a plain name, not ${name}.`);
  const folder = join(home, 'spool');
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
