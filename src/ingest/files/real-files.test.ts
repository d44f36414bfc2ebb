import { join } from 'node:path';
import { needs } from '../../../test/kit/needs.ts';
import { describe, expect, test } from 'vitest';
import type { VoiceDraft } from '../../model/voice.ts';
import { checkMapping, mappingOf, rowPlan, suggestMapping, toVoice, voiceWords } from '../index.ts';
import { inspectInWorker, readInWorker } from './read-in-worker.client.ts';

const DATA = process.env.VOXLOOP_DATA;

interface Imported {
  readonly voices: readonly VoiceDraft[];
  readonly rows: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly fields: Readonly<Record<string, string>>;
}

/** As an import without a hand-written mapping would take it. */
async function imported(name: string): Promise<Imported> {
  const path = join(DATA ?? '', name);
  const words = voiceWords();
  const { columns } = await inspectInWorker(path);
  const mapping = mappingOf(suggestMapping(columns, 'voices', { words, fileName: name }));
  expect(
    checkMapping(
      mapping,
      columns.map(({ title }) => title),
      'voices',
    ),
  ).toEqual([]);
  const context = { now: '2026-01-01T00:00:00.000Z', saidAtDefault: null, words, timeZone: 'Asia/Shanghai' };
  const voices: VoiceDraft[] = [];
  const rejected: Record<string, number> = {};
  let rows = 0;
  for await (const batch of readInWorker(path)) {
    const plan = rowPlan(batch.columns, mapping);
    for (const record of batch.records) {
      rows++;
      const outcome = toVoice(record, plan, context);
      if (outcome.kind === 'accepted') voices.push(outcome.draft);
      else for (const { code } of outcome.problems) rejected[code] = (rejected[code] ?? 0) + 1;
    }
  }
  return { voices, rows, rejected, fields: mapping.columns };
}

function counts(values: readonly (string | null)[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const value of values) out[value ?? ''] = (out[value ?? ''] ?? 0) + 1;
  return out;
}

const localDay = (voice: VoiceDraft): string => new Date(Date.parse(voice.saidAt) + 8 * 3_600_000).toISOString().slice(0, 10);

describe('without a hand-written mapping', () => {
  needs(DATA !== undefined, 'no real data sets here: set VOXLOOP_DATA to the folder that holds them');
  test('the Comcast complaints come in with their channels, statuses and the surge of June 2015', async () => {
    const { voices, rows } = await imported('complaints-comcast/Comcast_telecom_complaints_data.csv');
    expect([rows, voices.length, new Set(voices.map((voice) => voice.outsideId)).size]).toEqual([2_224, 2_224, 2_224]);
    expect(counts(voices.map((voice) => voice.channel))).toEqual({ hotline: 1_119, web: 1_105 });
    expect(counts(voices.map((voice) => voice.kind))).toEqual({ complaint: 2_224 });
    expect(counts(voices.map((voice) => voice.status))).toEqual({ Solved: 973, Closed: 734, Open: 363, Pending: 154 });
    expect(new Set(voices.map((voice) => voice.attributes.State)).size).toBe(43);
    const days = counts(voices.map(localDay));
    expect([days['2015-06-23'], days['2015-06-24'], days['2015-06-25']]).toEqual([190, 218, 98]);
    expect(voices.filter((voice) => localDay(voice).startsWith('2015-06'))).toHaveLength(1_046);
  });

  test('the satisfaction survey comes in with its scores', async () => {
    const { voices, rows } = await imported('csat-beijing-mobile/附件1语音业务用户满意度数据.xlsx');
    expect([rows, voices.length]).toEqual([5_433, 5_433]);
    const mean = voices.reduce((sum, voice) => sum + (voice.score ?? 0), 0) / voices.length;
    expect(mean).toBeCloseTo(8.68, 2);
    expect(counts(voices.map((voice) => voice.kind))).toEqual({ survey: 5_433 });
    expect(voices.every((voice) => voice.customer !== null)).toBe(true);
  });

  test('the citizens’ messages are 495, whatever the sheet declares', async () => {
    const { voices, rows, fields } = await imported('messages-gov/附件2.xlsx');
    expect([rows, voices.length]).toEqual([495, 495]);
    expect(new Set(Object.values(fields))).toEqual(new Set(['outside_id', 'customer', 'text', 'said_at', 'recorded_category']));
    expect(Object.keys(counts(voices.map((voice) => voice.recordedCategory)))).toHaveLength(7);
  });

  test('the bank’s complaints are read as Latin-1 with semicolons', async () => {
    const { voices, rows } = await imported('complaints-bank/BPI2016_Complaints.csv');
    expect(await inspectInWorker(join(DATA ?? '', 'complaints-bank/BPI2016_Complaints.csv'))).toMatchObject({
      encoding: 'latin1',
      delimiter: ';',
    });
    expect([rows, voices.length]).toEqual([289, 289]);
    expect(new Set(voices.map((voice) => voice.customer)).size).toBe(226);
    expect(voices.every((voice) => voice.text !== '' && !/\p{Script=Han}/u.test(JSON.stringify(voice)))).toBe(true);
  });

  test('each hotline call is one voice with its turns', async () => {
    const { voices, rows } = await imported('dialogs-10086/example.json');
    expect([rows, voices.length]).toEqual([10, 10]);
    expect(voices.reduce((sum, voice) => sum + (voice.turns?.length ?? 0), 0)).toBe(196);
    expect(voices.every((voice) => new Set(voice.turns?.map((turn) => turn.speaker)).size === 2)).toBe(true);
  });

  test('conflict markers and a second header inside a file are refused rows, the rest comes in', async () => {
    const { voices, rows, rejected } = await imported('dirty/comcast_git_conflict_markers_duplicated.csv');
    expect(rejected).toEqual({ 'conflict-marker': 2, 'header-repeated': 1 });
    expect([rows, voices.length]).toEqual([4_451, 4_448]);
  });
});
