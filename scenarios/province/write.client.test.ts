import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeProvince, type WrittenProvince } from './write.client.ts';

interface Manifest {
  readonly organisation: string;
  readonly from: string;
  readonly files: readonly {
    readonly path: string;
    readonly as: string;
    readonly encoding?: string;
    readonly mapping: Readonly<Record<string, string>>;
  }[];
}
interface Truth {
  readonly outside_id: string;
  readonly source: string;
  readonly category: string | null;
  readonly incident: string | null;
}
interface IncidentRow {
  readonly id: string;
  readonly entity: { readonly dimension: string; readonly value: string };
  readonly from: string;
  readonly before: string;
  readonly voices: number;
}
interface OrganisationFile {
  readonly regions: readonly { readonly code: string; readonly parent: string | null }[];
  readonly units: readonly { readonly id: string; readonly parent: string | null; readonly region?: string }[];
  readonly members: readonly { readonly unit: string; readonly roles: readonly string[]; readonly scope: string }[];
}

const SMALL = { customers: 600, months: 2, seed: 42, until: '2026-03-10T10:00:00.000Z' };
const dirs: string[] = [];
let world: string;
let written: WrittenProvince;

async function fresh(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'province-'));
  dirs.push(dir);
  return dir;
}

async function json<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(world, name), 'utf8')) as T;
}

/** The rows of a file as its manifest entry describes them. */
async function rowsOf(file: Manifest['files'][number]): Promise<readonly Record<string, string | null>[]> {
  const text = iconv.decode(await readFile(join(world, file.path)), file.encoding ?? 'utf8');
  if (file.path.endsWith('.ndjson'))
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
  return parse(text, { columns: true, bom: true });
}

async function truthOf(dir: string): Promise<readonly Truth[]> {
  const lines = (await readFile(join(dir, 'truth.voices.ndjson'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Truth);
}

beforeAll(async () => {
  world = await fresh();
  written = await writeProvince({ ...SMALL, out: world });
});
afterAll(async () => {
  for (const dir of dirs) await rm(dir, { recursive: true });
});

describe('a written province', () => {
  test('is the same to the byte for the same seed, and another for another', async () => {
    const [again, other] = [await fresh(), await fresh()];
    await writeProvince({ ...SMALL, out: again });
    await writeProvince({ ...SMALL, seed: 43, out: other });
    const hashOf = async (dir: string, file: string): Promise<string> =>
      createHash('sha256')
        .update(await readFile(join(dir, file)))
        .digest('hex');
    for (const file of written.files) {
      expect(await hashOf(again, file), file).toBe(await hashOf(world, file));
      expect(await hashOf(other, file), file).not.toBe(await hashOf(world, file));
    }
  });

  test('has one line of truth for every voice in its files, under the same id', async () => {
    const manifest = await json<Manifest>('scenario.json');
    const ids: string[] = [];
    for (const file of manifest.files.filter((each) => each.as === 'voices')) {
      const title = Object.entries(file.mapping).find(([, field]) => field === 'outside_id')?.[0] ?? '';
      ids.push(...(await rowsOf(file)).map((row) => row[title] ?? ''));
    }
    const truth = await truthOf(world);
    expect(ids.length).toBe(written.voices);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(truth.map((each) => each.outside_id).toSorted());
  });

  test('counts the voices of every incident as they stand in the truth', async () => {
    const { incidents } = await json<{ incidents: readonly IncidentRow[] }>('truth.json');
    const truth = await truthOf(world);
    expect(incidents.length).toBeGreaterThanOrEqual(4);
    for (const { id, voices } of incidents) expect(truth.filter((each) => each.incident === id).length, id).toBe(voices);
    expect(incidents.some(({ before }) => Date.parse(SMALL.until) - Date.parse(before) < 7 * 86_400_000)).toBe(true);
  });

  test('maps every column of every file, and every row has as many cells as the header', async () => {
    for (const file of (await json<Manifest>('scenario.json')).files) {
      const rows = await rowsOf(file);
      expect(rows.length, file.path).toBeGreaterThan(0);
      expect(Object.keys(file.mapping).filter((title) => !Object.keys(rows[0] ?? {}).includes(title))).toEqual([]);
    }
  });

  test('speaks of regions, units and customers that exist', async () => {
    const { files } = await json<Manifest>('scenario.json');
    const { regions, units } = await json<OrganisationFile>('organisation.json');
    const known = {
      region: new Set(regions.map((each) => each.code)),
      unit: new Set(units.map((each) => each.id)),
      customer: new Set<string>(),
    };
    for (const file of files) {
      const rows = await rowsOf(file);
      for (const [title, field] of Object.entries(file.mapping)) {
        if (file.as === 'customers' && field === 'customer') for (const row of rows) known.customer.add(row[title] ?? '');
        if (field !== 'region' && field !== 'unit' && field !== 'customer') continue;
        const strange = rows.map((row) => row[title] ?? '').filter((value) => value !== '' && !known[field].has(value));
        expect(strange, `${file.path} ${title}`).toEqual([]);
      }
    }
    expect(known.customer.size).toBe(SMALL.customers);
  });

  test('has an organisation whose parents come first, with every role and every scope', async () => {
    const { regions, units, members } = await json<OrganisationFile>('organisation.json');
    const codes = new Set<string>();
    for (const { code, parent } of regions) {
      if (parent !== null) expect(codes.has(parent), code).toBe(true);
      codes.add(code);
    }
    const ids = new Set<string>();
    for (const { id, parent, region } of units) {
      if (parent !== null) expect(ids.has(parent), id).toBe(true);
      if (region !== undefined) expect(codes.has(region), id).toBe(true);
      ids.add(id);
    }
    expect(members.filter((member) => !ids.has(member.unit))).toEqual([]);
    expect(new Set(members.map((member) => member.scope)).size).toBe(6);
    expect(new Set(members.flatMap((member) => member.roles)).size).toBe(8);
  });

  test('keeps an incident within its time and its entity', async () => {
    const { incidents } = await json<{ incidents: readonly IncidentRow[] }>('truth.json');
    for (const { from, before, voices } of incidents) {
      expect(from < before).toBe(true);
      expect(before <= SMALL.until).toBe(true);
      expect(voices).toBeGreaterThanOrEqual(10);
    }
  });

  test('has no incident when none is wanted', async () => {
    const calm = await fresh();
    await writeProvince({ ...SMALL, incidents: false, out: calm });
    expect(JSON.parse(await readFile(join(calm, 'truth.json'), 'utf8'))).toEqual({ incidents: [] });
    expect((await truthOf(calm)).every((each) => each.incident === null)).toBe(true);
  });
});
