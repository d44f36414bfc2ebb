import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FORMAT, UnusableBackup } from './archive.ts';
import { checkArchive, partsOf } from './read-archive.client.ts';
import { writeArchive } from './write-archive.client.ts';

const folder = mkdtempSync(join(tmpdir(), 'voxloop-archive-'));
const path = join(folder, 'good.tar');
const rows = Buffer.from(Array.from({ length: 400 }, (_, i) => `${i}\t宽带断了\\N${i * 7919}\n`).join(''));
const head = {
  product: 'voxloop' as const,
  format: FORMAT,
  version: '1.2.3',
  created_at: '2026-03-01T00:00:00.000Z',
  home: '/srv/voxloop',
  pack: 'telecom-zh',
  migrations: [{ number: 1, name: '0001_first', checksum: 'abc' }],
};

beforeAll(async () => {
  const writer = await writeArchive(path, head);
  const sink = writer.sink('tables/voices');
  for (let at = 0; at < rows.length; at += 1000) await sink.write(rows.subarray(at, at + 1000));
  const sums = await sink.end();
  expect(sums).toEqual({ bytes: rows.length, sha256: createHash('sha256').update(rows).digest('hex') });
  const section = { name: 'tables/voices', table: 'voices', columns: ['id', 'text'], rows: 400, ...sums };
  await writer.finish({ sections: [section], files: [], sequences: [], notes: {} });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refusal = async (bytes: Buffer): Promise<unknown> => {
  const other = join(folder, 'other.tar');
  writeFileSync(other, bytes);
  return checkArchive(other).then(
    () => 'taken for good',
    (error: unknown) => error,
  );
};

describe('an archive', () => {
  test('gives back what went in, and is readable by its owner alone', async () => {
    const { manifest, head: read } = await checkArchive(path);
    expect(read).toEqual(head);
    expect(manifest.sections[0]).toMatchObject({ rows: 400, columns: ['id', 'text'] });
    const parts: Buffer[] = [];
    for await (const part of partsOf(path, 'tables/voices')) parts.push(part);
    expect(Buffer.concat(parts).equals(rows)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).not.toContain('good.tar.part');
  });

  test('is refused wherever it was cut off', async () => {
    const good = readFileSync(path);
    // The two empty blocks that end a tar file carry nothing: without them all is still there.
    for (let length = 0; length < good.length - 1024; length += 97)
      expect([length, await refusal(good.subarray(0, length))]).toEqual([length, expect.any(UnusableBackup)]);
  });

  test('is refused whichever bit turned', async () => {
    const good = readFileSync(path);
    for (let at = 0; at < good.length - 1024; at += 13) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
      expect([at, await refusal(bad)]).toEqual([at, expect.any(UnusableBackup)]);
    }
  });

  test('is refused when it is something else, or made by a newer version', async () => {
    for (const foreign of [Buffer.from('hello'), Buffer.alloc(5000, 7), Buffer.alloc(5000)])
      expect(String(await refusal(foreign))).toContain('is not a backup of Voxloop');
    const newer = join(folder, 'newer.tar');
    await (
      await writeArchive(newer, { ...head, format: FORMAT + 1, version: '9.0.0' })
    ).finish({ sections: [], files: [], sequences: [], notes: {} });
    await expect(checkArchive(newer)).rejects.toThrow('made by a newer Voxloop (9.0.0');
    await expect(checkArchive(join(folder, 'none.tar'))).rejects.toThrow('There is no file');
  });
});
