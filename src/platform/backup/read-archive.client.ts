import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { z } from 'zod';
import {
  DIGEST_NAME,
  FORMAT,
  HEAD_NAME,
  type Head,
  MANIFEST_NAME,
  type Manifest,
  PART_BYTES,
  UnusableBackup,
  headSchema,
  manifestSchema,
} from './archive.ts';
import { TAR_BLOCK, paddingOf, readTarHeader } from './tar.ts';

const decompress = promisify(zstdDecompress);
/** COPY hands over what it has, so a part may be a little longer than planned; a bomb is not a part. */
const MOST_PART_BYTES = 64 * PART_BYTES;
const MOST_TEXT_BYTES = 64 * 1024 * 1024;

export interface CheckedArchive {
  readonly path: string;
  readonly bytes: number;
  readonly head: Head;
  readonly manifest: Manifest;
}

/** Reads the whole file: structure, every part, every count of bytes, every checksum. Throws `UnusableBackup` with all that is wrong. */
export async function checkArchive(path: string): Promise<CheckedArchive> {
  if ((await stat(path).catch(() => null))?.isFile() !== true) throw new UnusableBackup(`There is no file ${path}.`);
  const found: { head?: Head; manifest?: Manifest; sealed: boolean } = { sealed: false };
  const sums = new Map<string, { bytes: number; hash: ReturnType<typeof createHash> }>();
  for await (const { name, bytes, before } of entriesOf(path)) {
    if (found.head === undefined) found.head = headOf(path, name, bytes);
    else if (name === MANIFEST_NAME) found.manifest = asTold(path, manifestSchema, bytes);
    else if (name === DIGEST_NAME) {
      if (bytes.toString().trim() !== before) throw damaged(path, 'its content does not match its checksum');
      found.sealed = true;
    } else {
      const folder = name.slice(0, name.lastIndexOf('/'));
      const sum = sums.get(folder) ?? { bytes: 0, hash: createHash('sha256') };
      const plain = await plainOf(path, name, bytes);
      sum.bytes += plain.length;
      sum.hash.update(plain);
      sums.set(folder, sum);
    }
  }
  const { head, manifest, sealed } = found;
  if (head === undefined) throw foreign(path);
  if (manifest === undefined || !sealed) throw damaged(path, 'its end is missing: it was cut off');
  const wrong = [...manifest.sections, ...manifest.files].filter((one) => {
    const sum = sums.get(one.name);
    return (sum?.bytes ?? 0) !== one.bytes || (sum?.hash ?? createHash('sha256')).copy().digest('hex') !== one.sha256;
  });
  if (wrong.length > 0) throw damaged(path, `these parts do not match their checksums: ${wrong.map((one) => one.name).join(', ')}`);
  return { path, bytes: (await stat(path)).size, head, manifest };
}

/** The bytes of one section or file, part by part. The archive was checked before; it is read from its beginning. */
export async function* partsOf(path: string, folder: string): AsyncGenerator<Buffer> {
  for await (const { name, bytes } of entriesOf(path, (one) => one.startsWith(`${folder}/`))) yield await plainOf(path, name, bytes);
}

interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
  /** Checksum of everything before this entry. */
  readonly before: string;
}

/** Walks a tar file with the memory of one entry; entries that are not wanted are skipped over. */
async function* entriesOf(path: string, wanted?: (name: string) => boolean): AsyncGenerator<Entry> {
  const digest = wanted === undefined ? createHash('sha256') : null;
  const reader = blocksOf(path);
  try {
    for (let first = true; ; first = false) {
      const block = await reader.take(TAR_BLOCK);
      if (block === null || (!first && block.every((byte) => byte === 0))) return;
      const header = readTarHeader(block);
      if (header === null) throw first ? foreign(path) : damaged(path, 'it does not continue as it should');
      if (header.size > Math.max(MOST_PART_BYTES, MOST_TEXT_BYTES)) throw damaged(path, `${header.name} claims ${header.size} bytes`);
      const use = wanted?.(header.name) ?? true;
      const body = use ? await reader.take(header.size) : await reader.skip(header.size);
      const padding = await reader.take(paddingOf(header.size));
      if (body === null || padding === null) throw damaged(path, 'it was cut off');
      if (padding.some((byte) => byte !== 0)) throw damaged(path, 'its content does not match its checksum');
      if (use) yield { name: header.name, bytes: body, before: digest?.copy().digest('hex') ?? '' };
      if (digest !== null) for (const bytes of [block, body, padding]) digest.update(bytes);
    }
  } finally {
    reader.close();
  }
}

/** Exactly so many bytes at a time, from a stream that gives as many as it likes. */
function blocksOf(path: string) {
  const stream = createReadStream(path, { highWaterMark: 1024 * 1024 });
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  const next = async (): Promise<boolean> => {
    const { value, done } = await iterator.next();
    if (done === true) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    return true;
  };
  const take = async (size: number): Promise<Buffer | null> => {
    while (rest.length < size) if (!(await next())) return null;
    const taken = rest.subarray(0, size);
    rest = rest.subarray(size);
    return taken;
  };
  return {
    take,
    async skip(size: number): Promise<Buffer | null> {
      for (let left = size; left > 0;) {
        if (rest.length === 0 && !(await next())) return null;
        const step = Math.min(left, rest.length);
        rest = rest.subarray(step);
        left -= step;
      }
      return Buffer.alloc(0);
    },
    close: () => void stream.destroy(),
  };
}

async function plainOf(path: string, name: string, bytes: Buffer): Promise<Buffer> {
  try {
    return await decompress(bytes, { maxOutputLength: MOST_PART_BYTES });
  } catch (error) {
    throw damaged(path, `${name} cannot be unpacked (${error instanceof Error ? error.message : String(error)})`);
  }
}

function headOf(path: string, name: string, bytes: Buffer): Head {
  if (name !== HEAD_NAME) throw foreign(path);
  const format = z.object({ product: z.literal('voxloop'), format: z.number(), version: z.string() }).safeParse(jsonOf(path, bytes));
  if (!format.success) throw foreign(path);
  if (format.data.format > FORMAT)
    throw new UnusableBackup(
      `${path} was made by a newer Voxloop (${format.data.version}, format ${format.data.format}); restore it with that version.`,
    );
  return asTold(path, headSchema, bytes);
}

function asTold<T>(path: string, schema: z.ZodType<T>, bytes: Buffer): T {
  const parsed = schema.safeParse(jsonOf(path, bytes));
  if (!parsed.success) throw damaged(path, 'what it says about itself is not complete');
  return parsed.data;
}

function jsonOf(path: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw damaged(path, 'what it says about itself cannot be read');
  }
}

const damaged = (path: string, why: string): UnusableBackup =>
  new UnusableBackup(`${path} is damaged: ${why}. Nothing was touched; take another backup.`);
const foreign = (path: string): UnusableBackup => new UnusableBackup(`${path} is not a backup of Voxloop. Nothing was touched.`);
