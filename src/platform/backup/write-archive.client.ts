import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { flush } from '../flush.client.ts';
import { DIGEST_NAME, HEAD_NAME, type Head, MANIFEST_NAME, type Manifest, PART_BYTES } from './archive.ts';
import { TAR_END, paddingOf, tarHeader } from './tar.ts';

const compress = promisify(zstdCompress);

/** Bytes of one section or file, gathered into parts. */
export interface Sink {
  write(bytes: Buffer): Promise<void>;
  /** Writes what is left; tells what went in. */
  end(): Promise<{ readonly bytes: number; readonly sha256: string }>;
}

export interface ArchiveWriter {
  sink(folder: string): Sink;
  /** Manifest and checksum, forced to the disk, and only now under its own name. */
  finish(manifest: Manifest): Promise<{ readonly bytes: number }>;
  /** Leaves nothing behind. */
  drop(): Promise<void>;
}

/** Writes an archive beside its place; readable by the owner alone, because it holds what customers said. */
export async function writeArchive(path: string, head: Head): Promise<ArchiveWriter> {
  const draft = `${path}.part`;
  const file = await open(draft, 'w', 0o600);
  const digest = createHash('sha256');
  const at = Date.parse(head.created_at) / 1000;
  let written = 0;
  const raw = async (bytes: Buffer): Promise<void> => {
    digest.update(bytes);
    written += bytes.length;
    await writeAll(file, bytes);
  };
  const entry = async (name: string, bytes: Buffer): Promise<void> => {
    await raw(tarHeader(name, bytes.length, at));
    await raw(bytes);
    const padding = paddingOf(bytes.length);
    if (padding > 0) await raw(Buffer.alloc(padding));
  };
  const drop = async (): Promise<void> => {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
  };
  try {
    await entry(HEAD_NAME, jsonBytes(head));
  } catch (error) {
    await drop();
    throw error;
  }
  return {
    sink: (folder) => sinkInto(folder, entry),
    async finish(manifest) {
      await entry(MANIFEST_NAME, jsonBytes(manifest));
      await entry(DIGEST_NAME, Buffer.from(`${digest.copy().digest('hex')}\n`));
      await raw(TAR_END);
      await file.sync();
      await file.close();
      await rename(draft, path);
      // The name must survive a power cut as the bytes do.
      await flush(dirname(path));
      return { bytes: written };
    },
    drop,
  };
}

function sinkInto(folder: string, entry: (name: string, bytes: Buffer) => Promise<void>): Sink {
  const hash = createHash('sha256');
  let waiting: Buffer[] = [];
  let size = 0;
  let total = 0;
  let part = 0;
  /** While one part is compressed in another thread, the next is gathered. */
  let last: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    size = 0;
    const name = `${folder}/${String(++part).padStart(4, '0')}.zst`;
    await last;
    last = compress(bytes).then((small) => entry(name, small));
    last.catch(() => undefined);
  };
  return {
    async write(bytes) {
      hash.update(bytes);
      total += bytes.length;
      waiting.push(bytes);
      size += bytes.length;
      if (size >= PART_BYTES) await flush();
    },
    async end() {
      if (size > 0) await flush();
      await last;
      return { bytes: total, sha256: hash.digest('hex') };
    },
  };
}

/** A full disk may take a part of a write only; what is left is written next, and then the disk says so. */
async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}

const jsonBytes = (value: object): Buffer => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
