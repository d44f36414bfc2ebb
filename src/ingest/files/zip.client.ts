import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInflateRaw } from 'node:zlib';
import { type ReadLimits, UnreadableFile, type UnreadableReason, unreadable } from './records.ts';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly headerAt: number;
}

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const MAX_DIRECTORY = 16 * 1024 ** 2;
/** A workbook has a handful for each sheet. */
const MAX_ENTRIES = 10_000;

/** The directory at the end of the file; nothing is unpacked. */
export async function zipEntries(path: string): Promise<ReadonlyMap<string, ZipEntry>> {
  const file = await open(path);
  try {
    const size = (await file.stat()).size;
    const { at, length } = await directoryOf(file, size);
    if (length > MAX_DIRECTORY || at + length > size) throw unreadable('zip directory');
    return entriesOf(await bytesAt(file, at, length));
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  if (bytesRead < length) throw unreadable('zip cut short');
  return buffer;
}

async function directoryOf(file: FileHandle, size: number): Promise<{ at: number; length: number }> {
  const tailAt = Math.max(0, size - 66_000);
  const tail = await bytesAt(file, tailAt, size - tailAt);
  for (let i = tail.length - 22; i >= 0; i--) {
    if (tail.readUInt32LE(i) !== END) continue;
    const [length, at] = [tail.readUInt32LE(i + 12), tail.readUInt32LE(i + 16)];
    if (at !== 0xffffffff || i < 20 || tail.readUInt32LE(i - 20) !== END64_LOCATOR) return { at, length };
    const end64 = await bytesAt(file, Number(tail.readBigUInt64LE(i - 12)), 56);
    return { length: Number(end64.readBigUInt64LE(40)), at: Number(end64.readBigUInt64LE(48)) };
  }
  throw unreadable('zip directory missing');
}

function entriesOf(directory: Buffer): ReadonlyMap<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === CENTRAL;) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const sizes = [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)];
    const [unpackedBytes, packedBytes, headerAt] = wideSizes(sizes, extra) as [number, number, number];
    if (directory.readUInt16LE(at + 8) & 1) throw new UnreadableFile({ code: 'file-password' });
    if (entries.size >= MAX_ENTRIES) throw unreadable('zip too many entries');
    entries.set(name, { name, method: directory.readUInt16LE(at + 10), packedBytes, unpackedBytes, headerAt });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** Sizes that do not fit 32 bits stand in the zip64 extra field, in this order. */
function wideSizes(sizes: readonly number[], extra: Buffer): readonly number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    return sizes.map((size) => {
      if (size !== 0xffffffff || next + 8 > extra.length) return size;
      next += 8;
      return Number(extra.readBigUInt64LE(next - 8));
    });
  }
  return sizes;
}

/** The entry's bytes as a stream; stops with an error when it unpacks to more than the limits allow, whatever it declares. */
export async function* entryBytes(
  path: string,
  entry: ZipEntry,
  limits: ReadLimits,
  progress?: { packed: number },
): AsyncGenerator<Uint8Array> {
  if (entry.method !== 0 && entry.method !== 8) throw unreadable('zip method');
  const declared = entry.unpackedBytes;
  const swells = declared > limits.ratioAfterBytes && declared > entry.packedBytes * limits.ratio;
  if (declared > limits.unpackedBytes || swells) throw unreadable('zip too large');
  const file = await open(path);
  const header = await bytesAt(file, entry.headerAt, 30).finally(() => file.close());
  if (header.readUInt32LE(0) !== LOCAL) throw unreadable('zip entry');
  if (entry.packedBytes === 0) return;
  const start = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = createReadStream(path, { start, end: start + entry.packedBytes - 1, highWaterMark: 65_536 });
  packed.on('data', (chunk) => progress !== undefined && (progress.packed += chunk.length));
  const source = entry.method === 0 ? packed : packed.pipe(createInflateRaw());
  packed.on('error', (error) => source.destroy(error));
  try {
    yield* guarded(source, () => progress?.packed ?? entry.packedBytes, limits, 'zip too large');
  } finally {
    packed.destroy();
  }
}

/** Passes bytes on and counts them against the limits, so that a small file cannot unpack without end. */
export async function* guarded(
  source: AsyncIterable<Uint8Array>,
  packed: () => number,
  limits: ReadLimits,
  reason: UnreadableReason,
): AsyncGenerator<Uint8Array> {
  let unpacked = 0;
  try {
    for await (const chunk of source) {
      unpacked += chunk.length;
      const ratioBroken = unpacked > limits.ratioAfterBytes && unpacked > packed() * limits.ratio;
      if (unpacked > limits.unpackedBytes || ratioBroken) throw unreadable(reason);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof Error && 'code' in error && String(error.code).startsWith('Z_') ? unreadable('corrupt compression') : error;
  }
}
