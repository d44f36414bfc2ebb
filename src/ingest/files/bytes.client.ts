import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { type Encoding, type ReadLimits, unreadable } from './records.ts';
import { guarded } from './zip.client.ts';

export interface Progress {
  packed: number;
}

/** The bytes of a file, unpacked when it is gzip; `progress` counts the file's own bytes. */
export async function* fileBytes(
  path: string,
  gzip: boolean,
  limits: ReadLimits,
  progress: Progress = { packed: 0 },
): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 65_536 });
  file.on('data', (chunk) => (progress.packed += chunk.length));
  if (!gzip) {
    yield* file as AsyncIterable<Uint8Array>;
    return;
  }
  const unpacked = file.pipe(createGunzip());
  file.on('error', (error) => unpacked.destroy(error));
  try {
    yield* guarded(unpacked, () => progress.packed, limits, 'gzip too large');
  } finally {
    file.destroy();
  }
}

export async function* fileText(
  path: string,
  gzip: boolean,
  encoding: Encoding,
  limits: ReadLimits,
  progress?: Progress,
): AsyncGenerator<string> {
  const decoder = textDecoder(encoding);
  let first = true;
  for await (const chunk of fileBytes(path, gzip, limits, progress)) {
    let text = decoder.decode(chunk, { stream: true });
    if (first && text !== '') {
      text = text.replace(/^\ufeff/, '');
      first = false;
    }
    if (text !== '') yield text;
  }
  const last = decoder.decode();
  if (last !== '') yield last;
}

/** Never fatal: an undecodable byte becomes U+FFFD and a warning on its row, not the end of the file. */
export function textDecoder(encoding: Encoding): InstanceType<typeof TextDecoder> {
  return new TextDecoder(encoding === 'latin1' ? 'windows-1252' : encoding);
}

/** The first bytes of a file, unpacked when it is gzip. */
export async function fileSample(
  path: string,
  bytes: number,
): Promise<{ sample: Uint8Array; gzip: boolean; size: number; whole: boolean }> {
  const info = await stat(path).catch(() => null);
  if (info === null || !info.isFile()) throw unreadable('no such file');
  const raw = await firstBytes(path, bytes);
  const gzip = raw[0] === 0x1f && raw[1] === 0x8b;
  if (!gzip) return { sample: raw, gzip, size: info.size, whole: raw.length >= info.size };
  const { sample, whole } = await firstUnpacked(path, bytes);
  return { sample, gzip, size: info.size, whole };
}

async function firstBytes(path: string, bytes: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await file.read(buffer, 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function firstUnpacked(path: string, bytes: number): Promise<{ sample: Uint8Array; whole: boolean }> {
  const limits = { unpackedBytes: Infinity, ratio: Infinity } as ReadLimits;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of fileBytes(path, true, limits)) {
    pieces.push(chunk);
    length += chunk.length;
    if (length >= bytes) return { sample: Buffer.concat(pieces).subarray(0, bytes), whole: false };
  }
  return { sample: Buffer.concat(pieces), whole: true };
}
