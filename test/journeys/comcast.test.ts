import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Filter } from '../../src/model/question.ts';
import { CliHome, type Imported, type RunningServer } from '../kit/cli.ts';
import { needs } from '../kit/needs.ts';
import { NO_DATA, realFile } from './real-data.ts';

const FILE = realFile('complaints-comcast', 'Comcast_telecom_complaints_data.csv');

interface Alarm {
  readonly id: string;
  readonly rule: { readonly id: string };
  readonly entity: { readonly dimension: string; readonly value: string };
  readonly state: string;
  readonly fired_at: string;
  readonly resolved_at: string;
  readonly voices: number;
  readonly historical: boolean;
  readonly where: readonly Filter[];
}

describe('complaints about an operator, 2015', () => {
  needs(FILE !== null, NO_DATA);
  // A mail server is named but nobody listens there: a mail that were wrongly written would be found waiting.
  const home = new CliHome('comcast', { VOXLOOP_SMTP_URL: 'smtp://127.0.0.1:9' });
  let first: Imported;
  let server: RunningServer;
  beforeAll(async () => {
    if (FILE === null) return;
    first = await home.import(FILE, 'comcast');
    server = await home.start();
  });
  afterAll(() => home[Symbol.asyncDispose]());

  test('all rows go in without a mapping by hand, and once only', async () => {
    expect(first).toMatchObject({ rows: 2224, accepted: 2224, duplicates: 0, rejected: 0, problems: [] });
    expect(await home.import(FILE!, 'comcast')).toMatchObject({ rows: 2224, accepted: 0, duplicates: 2224, rejected: 0 });
  });

  test('channels, kinds, statuses and states are those of the file', async () => {
    expect(await home.ask({ measures: ['voices', 'complaints'], by: ['channel'] })).toEqual([
      { channel: 'hotline', voices: 1119, complaints: 1119 },
      { channel: 'web', voices: 1105, complaints: 1105 },
    ]);
    const statuses = await home.ask({ measures: ['voices'], by: ['status'] });
    expect(Object.fromEntries(statuses.map((row) => [row['status'], row['voices']]))).toEqual({
      Solved: 973,
      Closed: 734,
      Open: 363,
      Pending: 154,
    });
    expect(await home.ask({ measures: ['voices'], by: ['attr:State'], limit: 100 })).toHaveLength(43);
  });

  test('the surge of June 2015 is visible', async () => {
    const months = await home.ask({ measures: ['voices'], by: ['month'], order: [{ by: 'voices', descending: true }] });
    expect(months[0]).toEqual({ month: '2015-06-01', voices: 1046 });
    const days = await home.ask({
      measures: ['voices'],
      by: ['day'],
      where: [{ field: 'said_at', from: '2015-06-23', before: '2015-06-26' }],
      order: [{ by: 'day' }],
    });
    expect(days.map((row) => row['voices'])).toEqual([190, 218, 98]);
  });

  test('a rule written today raises it as a historical alarm, listed and mailed to nobody', async () => {
    const made = await server.as('operator', 'POST', '/api/rules', {
      id: 'complaints-of-a-source',
      names: { zh: '来源投诉激增', en: 'Surge of complaints in a source' },
      dimension: 'source',
      where: [{ field: 'kind', in: ['complaint'] }],
      windowMinutes: 1440,
      threshold: 120,
      department: 'service',
      severity: 'critical',
      recipients: ['duty@example.test'],
    });
    expect(made.status).toBe(200);
    const alarms = await historicalAlarms(server);
    expect(alarms).toHaveLength(1);
    const alarm = alarms[0]!;
    expect(alarm).toMatchObject({ entity: { dimension: 'source', value: 'so_comcast' }, state: 'resolved', historical: true });
    expect(alarm.fired_at > '2015-06-22T16:00' && alarm.fired_at < '2015-06-24T16:00').toBe(true);
    expect(alarm.voices).toBeGreaterThanOrEqual(218 + 98);
    expect(await home.count(alarm.where)).toBe(alarm.voices);
    const listed = await home.json<readonly { rule: string; voices: number; historical: boolean }[]>('alarms', '--json');
    expect(listed).toMatchObject([{ rule: 'complaints-of-a-source', voices: alarm.voices, historical: true }]);
    const one = (await server.as('operator', 'GET', `/api/alarms/${alarm.id}`)).body as { announcements: readonly unknown[] };
    expect(one.announcements).toEqual([]);
  });

  test('a rule on an attribute of the file finds the same surge in its states', async () => {
    await server.as('operator', 'POST', '/api/rules', {
      id: 'complaints-of-a-state',
      names: { zh: '州投诉激增', en: 'Surge of complaints in a state' },
      dimension: 'attr:State',
      where: [],
      windowMinutes: 1440,
      threshold: 20,
      department: 'service',
      severity: 'serious',
    });
    const alarms = await historicalAlarms(server, 'complaints-of-a-state');
    expect(alarms.some(({ fired_at }) => fired_at.startsWith('2015-06-2'))).toBe(true);
    for (const alarm of alarms) expect(await home.count(alarm.where)).toBe(alarm.voices);
  });

  test('everything stored keeps its promises', async () => {
    expect(await home.fsck()).toMatchObject({ ok: true, voices: 2224 });
  });
});

/** The rules look every two seconds. */
async function historicalAlarms(server: RunningServer, rule = 'complaints-of-a-source'): Promise<readonly Alarm[]> {
  for (let tries = 0; tries < 60; tries++) {
    const { rows } = (await server.as('operator', 'GET', `/api/alarms?historical=true&rule=${rule}`)).body as { rows: readonly Alarm[] };
    if (rows.length > 0) return rows;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return [];
}
