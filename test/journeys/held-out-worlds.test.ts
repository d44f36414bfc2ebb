import { beforeAll, describe, expect, test } from 'vitest';
import type { Topic } from '../../scenarios/province/phrases.ts';
import { loadTopics } from '../../scenarios/province/write.client.ts';
import type { Pack } from '../../src/model/pack.ts';
import { buildReader, parseModel, type Reader } from '../../src/understand/index.ts';
import { loadPack } from '../../src/understand/load-pack.client.ts';
import { learntModel } from '../kit/made-once.ts';
import { type Judged, judge, moodScores } from './judged-world.ts';

/** Never looked at while rules, pack and reader were tuned; see scenarios/README.md. */
const HELD_OUT = [11, 12, 13, 14, 15];
const QUIET = [11, 12];
const MONTHS = 6;
const WEEKS = 26;
const UNTIL = '2026-11-22T09:00:00.000Z';

describe('worlds that nobody tuned on', () => {
  let pack: Pack;
  let topics: readonly Topic[];
  let reader: Reader;
  beforeAll(async () => {
    pack = await loadPack();
    topics = await loadTopics();
    const model = learntModel(pack);
    reader = buildReader(pack, parseModel(model.weights), model.version);
  });
  const world = (seed: number, incidents: boolean): Judged =>
    judge({ customers: 15_000, months: MONTHS, seed, until: UNTIL, incidents }, pack, topics, reader);
  const share = (part: number, whole: number): string => (part / whole).toFixed(3);

  test('the five rules find nine in ten of what was planted', () => {
    const all: Judged[] = [];
    for (const seed of HELD_OUT) {
      const judged = world(seed, true);
      const { incidents, missed, falseAlarms, reading } = judged;
      all.push(judged);
      console.log(
        `seed ${seed}: ${incidents.length - missed.length} of ${incidents.length} incidents raised an alarm; ${falseAlarms.length} alarms without one; ` +
          `${reading.voices} voices read: leaf ${share(reading.leaf, reading.caused)}, level 2 ${share(reading.level2, reading.caused)}, ` +
          `unmapped ${share(reading.unmapped, reading.caused)}` +
          missed.map((incident) => `; missed ${incident.kind} at ${incident.entity.value} (${incident.size} voices)`).join(''),
      );
      expect(reading.voices).toBeGreaterThanOrEqual(150_000);
    }
    const sum = (of: (judged: Judged) => number): number => all.reduce((total, judged) => total + of(judged), 0);
    const recall = 1 - sum(({ missed }) => missed.length) / sum(({ incidents }) => incidents.length);
    const leaf = sum(({ reading }) => reading.leaf) / sum(({ reading }) => reading.caused);
    const level2 = sum(({ reading }) => reading.level2) / sum(({ reading }) => reading.caused);
    const unmapped = sum(({ reading }) => reading.unmapped) / sum(({ reading }) => reading.caused);
    const sureRight = sum(({ reading }) => reading.sureRight) / sum(({ reading }) => reading.sure);
    console.log(
      `level 2 ${level2.toFixed(3)}, either of two causes ${share(
        sum(({ reading }) => reading.either),
        sum(({ reading }) => reading.caused),
      )}, unmapped ${unmapped.toFixed(3)}; at least .8 sure ${share(
        sum(({ reading }) => reading.sure),
        sum(({ reading }) => reading.caused),
      )}, right among them ${sureRight.toFixed(3)}; left unmapped of those about nothing ${(1 - sum(({ reading }) => reading.invented) / sum(({ reading }) => reading.nothing)).toFixed(3)}`,
    );
    for (const [what, score] of Object.entries(moodScores(all.flatMap(({ moods }) => moods)))) {
      const { voices, accuracy, macroF1, majority } = score;
      console.log(
        `${what}: ${voices} voices, accuracy ${accuracy.toFixed(3)} (majority ${majority.toFixed(3)}), macro F1 ${macroF1.toFixed(3)}`,
      );
      expect(accuracy).toBeGreaterThan(majority);
    }
    console.log(`recall over seeds ${HELD_OUT.join(', ')}: ${recall.toFixed(3)}; reading accuracy ${leaf.toFixed(3)}`);
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(leaf).toBeGreaterThanOrEqual(0.8);
    expect(level2).toBeGreaterThanOrEqual(0.85);
    expect(unmapped).toBeLessThanOrEqual(0.1);
    expect(sureRight).toBeGreaterThanOrEqual(0.8);
  });

  test('where nothing happens they raise at most one alarm a week', () => {
    for (const seed of QUIET) {
      const { alarms } = world(seed, false);
      const which = Object.entries(Object.groupBy(alarms, ({ rule }) => rule.id)).map(([rule, list]) => `${rule} ${list?.length ?? 0}`);
      console.log(`seed ${seed} without incidents: ${alarms.length} alarms in ${WEEKS} weeks ${which.join(', ')}`);
      expect(alarms.length).toBeLessThanOrEqual(WEEKS);
    }
  });
});
