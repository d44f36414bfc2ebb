import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pack } from '../../src/model/pack.ts';
import { loadPack, packDirectory } from '../../src/understand/load-pack.client.ts';
import { CliHome, type Imported, type RunningServer } from '../kit/cli.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

const SETTINGS = { VOXLOOP_PACK: 'telecom-en', VOXLOOP_TIMEZONE: 'America/New_York' };
const FILE = realFile('complaints-comcast', 'Comcast_telecom_complaints_data.csv');

interface Explained {
  readonly category: { readonly code: string; readonly names: { readonly en: string } } | null;
  readonly department: { readonly code: string } | null;
  readonly feeling: string;
  readonly kind: { readonly kind: string } | null;
  readonly because: readonly { readonly text: string; readonly kind: string }[];
}

describe('a pack of another language', () => {
  let pack: Pack;
  beforeAll(async () => {
    pack = await loadPack(packDirectory('telecom-en'));
  });
  const home = new CliHome('telecom-en-read', SETTINGS);
  afterAll(() => home[Symbol.asyncDispose]());

  test('is content: no line of the program names it', () => {
    const source = join(import.meta.dirname, '../../src');
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((name) => readFileSync(join(source, name), 'utf8').includes('telecom-en'))).toEqual([]);
  });

  test('has forty leaves and more, each with names in two languages, a cell, a stage, terms and a dozen examples', () => {
    const leaves = pack.categories.filter((c) => c.cell !== undefined);
    expect(leaves.length).toBeGreaterThanOrEqual(40);
    for (const leaf of leaves) {
      expect(leaf.names.zh).not.toBe(leaf.names.en);
      expect(leaf.stage).toBeDefined();
      expect(pack.terms.filter((t) => t.category === leaf.code).length).toBeGreaterThanOrEqual(6);
      expect(pack.examples.filter((e) => e.category === leaf.code).length).toBeGreaterThanOrEqual(12);
    }
  });

  test.each([
    ['Charged a cancellation fee, nobody ever told me', 'contract/terms/penalty', 'market'],
    ['My internet keeps dropping every evening', 'internet/connection/intermittent', 'network'],
    ['They were throttling us after a few films', 'internet/speed/throttling', 'network'],
    ['The technicians never showed up twice', 'installation/appointment/missed', 'construction'],
  ])('reads “%s”', async (text, code, department) => {
    const read = await home.json<Explained>('read', text, '--json');
    expect(read.category?.code).toBe(code);
    expect(read.department?.code).toBe(department);
    expect(read.because.length).toBeGreaterThan(0);
  });
});

describe('complaints about an operator of another country, with its pack', () => {
  needs(FILE !== null, NO_DATA);
  const home = new CliHome('telecom-en', SETTINGS);
  let first: Imported;
  let server: RunningServer;
  beforeAll(async () => {
    if (FILE === null) return;
    first = await home.import(FILE, 'complaints');
    server = await home.start();
  });
  afterAll(() => home[Symbol.asyncDispose]());

  test('go in, and at most a quarter of them names no cause of the pack', async () => {
    expect(first).toMatchObject({ rows: 2224, accepted: 2224, rejected: 0 });
    const rows = await home.ask({ measures: ['voices'], by: ['category'], limit: 100 });
    const unmapped = rows
      .filter((row) => row['category'] === null || row['category'] === 'unmapped')
      .reduce((n, row) => n + Number(row['voices']), 0);
    console.log(
      `telecom-en on 2,224 complaints: ${unmapped} unmapped (${((100 * unmapped) / 2224).toFixed(1)} %), ${rows.length - 1} causes`,
    );
    expect(unmapped).toBeGreaterThan(0);
    expect(unmapped / 2224).toBeLessThanOrEqual(0.25);
    expect(rows.length).toBeGreaterThan(30);
  });

  test('the surge of 23 to 25 June 2015 is raised by a rule that comes with the pack', async () => {
    const days = await home.ask({
      measures: ['voices'],
      by: ['day'],
      where: [{ field: 'said_at', from: '2015-06-23', before: '2015-06-26' }],
      order: [{ by: 'day' }],
    });
    expect(days.map((row) => row['voices'])).toEqual([190, 218, 98]);
    const alarm = await surge(server);
    expect(alarm).toMatchObject({ historical: true, state: 'resolved' });
    expect(alarm!.fired_at.slice(0, 10) >= '2015-06-23' && alarm!.fired_at.slice(0, 10) <= '2015-06-25').toBe(true);
    expect(alarm!.voices).toBeGreaterThanOrEqual(218 + 98);
  });
});

interface Alarm {
  readonly state: string;
  readonly historical: boolean;
  readonly fired_at: string;
  readonly voices: number;
}

/** The rules look every two seconds. */
async function surge(server: RunningServer): Promise<Alarm | undefined> {
  for (let tries = 0; tries < 60; tries++) {
    const { rows } = (await server.as('operator', 'GET', '/api/alarms?historical=true&rule=source-complaint-surge')).body as {
      rows: readonly Alarm[];
    };
    if (rows.length > 0) return rows[0];
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return undefined;
}
