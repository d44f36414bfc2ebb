import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPack } from '../../src/understand/load-pack.client.ts';
import { SEGMENTS } from './planted/plan.ts';
import { STRATEGIES } from './planted/strategies.ts';
import { PROVINCE_SEGMENTS } from './province.ts';
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
  readonly kind: string;
  readonly feeling: string;
  readonly incident: string | null;
}
interface Pair {
  readonly grievance: string;
  readonly complaint: string;
  readonly segment?: string;
}
interface PlantedTruth {
  readonly pairs: readonly Pair[];
  readonly nulls: readonly Pair[];
  readonly confounded: readonly Pair[];
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

  test('tells kind and feeling of every voice: the kind as recorded, every feeling, and complaints angrier than questions', async () => {
    const truth = await truthOf(world);
    const kinds: Readonly<Record<string, string>> = { grievance: '抱怨', complaint: '投诉', consultation: '咨询', suggestion: '建议' };
    const manifest = await json<Manifest>('scenario.json');
    const recorded = new Map<string, string>();
    for (const file of manifest.files.filter((each) => each.as === 'voices')) {
      const titles = Object.entries(file.mapping);
      const titleOf = (field: string): string => titles.find(([, each]) => each === field)?.[0] ?? '';
      for (const row of await rowsOf(file)) recorded.set(row[titleOf('outside_id')] ?? '', row[titleOf('kind')] ?? '');
    }
    for (const { outside_id, kind } of truth) if (kinds[kind] !== undefined) expect(recorded.get(outside_id)).toBe(kinds[kind]);
    expect(new Set(truth.map((each) => each.feeling))).toEqual(new Set(['angry', 'negative', 'neutral', 'positive']));
    const angry = (kind: string): number => {
      const list = truth.filter((each) => each.kind === kind);
      return list.filter((each) => each.feeling === 'angry').length / list.length;
    };
    expect(angry('complaint')).toBeGreaterThan(0.25);
    expect(angry('consultation')).toBe(0);
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
    expect(JSON.parse(await readFile(join(calm, 'truth.json'), 'utf8'))).toMatchObject({ incidents: [] });
    expect((await truthOf(calm)).every((each) => each.incident === null)).toBe(true);
  });

  test('tells the thirty pairs, the pairs of nothing without those that incidents touch, and every customer', async () => {
    const { pairs, nulls, confounded } = await json<PlantedTruth>('truth.json');
    expect(pairs).toHaveLength(30);
    expect(pairs.filter(({ segment }) => segment !== undefined)).toHaveLength(4);
    const key = (pair: Pair): string => `${pair.grievance} ${pair.complaint}`;
    const keys = [...pairs, ...nulls, ...confounded].map(key);
    expect(new Set(keys).size).toBe(600);
    expect(keys).toHaveLength(600);
    const customers = (await readFile(join(world, 'truth.customers.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(customers).toHaveLength(SMALL.customers);
  });

  test('files every grievance, fault and complaint under what it is about', async () => {
    const names = new Map((await loadPack()).categories.map(({ code, names: { zh } }) => [code, zh]));
    const truth = new Map((await truthOf(world)).map((each) => [each.outside_id, each]));
    const manifest = await json<Manifest>('scenario.json');
    let filed = 0;
    for (const file of manifest.files.filter((each) => each.as === 'voices' && each.path !== 'voices/survey.csv')) {
      const titleOf = (field: string): string => Object.entries(file.mapping).find(([, each]) => each === field)?.[0] ?? '';
      for (const row of await rowsOf(file)) {
        const { kind, category } = truth.get(row[titleOf('outside_id')] ?? '') ?? { kind: '', category: null };
        if (!['grievance', 'fault', 'complaint'].includes(kind)) continue;
        expect(row[titleOf('recorded_category')]).toBe(names.get(category ?? ''));
        filed++;
      }
    }
    expect(filed).toBeGreaterThan(1000);
  });

  test('writes what was done about grievances, and a table per experiment with a row per customer', async () => {
    const truth = new Map((await truthOf(world)).map((each) => [each.outside_id, each]));
    const actions = parse<Record<string, string>>(await readFile(join(world, 'actions.csv'), 'utf8'), { columns: true });
    expect(actions.length).toBeGreaterThan(500);
    for (const action of actions) expect(['grievance', 'fault']).toContain(truth.get(action['声音编号'] ?? '')?.kind);
    expect(new Set(actions.map((action) => action['动作']))).toEqual(new Set(['首次解决', '账单解释', '回访安抚', '关怀外呼']));
    for (const strategy of STRATEGIES) {
      const rows = parse<Record<string, string>>(await readFile(join(world, 'experiments', `${strategy}.csv`), 'utf8'), { columns: true });
      expect(rows).toHaveLength(SMALL.customers);
      expect(new Set(rows.map((row) => row['分组'])).size).toBe(2);
    }
  });

  test('has the rule segments of the pack', async () => {
    const { segments } = await loadPack();
    expect(segments.map(({ id }) => id)).toEqual(SEGMENTS);
    expect(segments.map(({ brands, tiers }) => ({ brands, tiers }))).toEqual(PROVINCE_SEGMENTS);
  });
});
