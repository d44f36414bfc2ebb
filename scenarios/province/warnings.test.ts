import { beforeAll, describe, expect, test, vi } from 'vitest';
import { seededRandom } from '../../src/maths/seeded-random.ts';
import { levelsOf, type Pack } from '../../src/model/pack.ts';
import { loadPack } from '../../src/understand/load-pack.client.ts';
import { happeningsOf } from './happenings.ts';
import type { Topic } from './phrases.ts';
import { type Province, provinceOf } from './province.ts';
import { toldDays } from './tell.ts';
import { type Happening, type Incident, MINUTE } from './world.ts';
import { loadTopics } from './write.client.ts';

/** Seeds 1 … 5 are for tuning; 11 … 15 are held out and judged elsewhere with the real reader. */
const TUNING = [1, 2, 3, 4, 5];
const WEEKS = 26;
const UNTIL = '2026-11-22T09:00:00.000Z';
type Rule = Pack['warning_rules'][number];
interface Fired {
  readonly dimension: string;
  readonly value: string;
  readonly at: number;
}

// Worlds of full size: some seconds alone, many on a machine with other work.
vi.setConfig({ testTimeout: 90_000 });

let pack: Pack;
let topics: readonly Topic[];
beforeAll(async () => {
  pack = await loadPack();
  topics = await loadTopics();
});

const worldOf = (seed: number, incidents: boolean): Province => provinceOf({ customers: 15_000, months: 6, seed, until: UNTIL, incidents });

function entityOf(happening: Happening, dimension: string): string | null {
  if (dimension === 'plan') return happening.subscription.plan;
  if (dimension === 'unit') return happening.unit;
  return happening.region === null ? null : dimension === 'city' ? happening.customer.city : happening.customer.community;
}

type Read = (category: string) => string | null;

/** The plainest reference: a queue per rule and entity, an alarm each time its length comes up to the threshold. */
class Watch {
  readonly fired: Fired[] = [];
  private readonly windows = new Map<string, { readonly times: number[]; firing: boolean }>();
  private readonly rulesOf: ReadonlyMap<string, readonly Rule[]>;
  private readonly read: Read;

  constructor(read: Read) {
    this.read = read;
    this.rulesOf = new Map(topics.map(({ category }) => [category, pack.warning_rules.filter((rule) => listens(rule, category))]));
  }

  hear(happening: Happening): void {
    const category = happening.category === null ? null : this.read(happening.category);
    for (const rule of this.rulesOf.get(category ?? '') ?? []) {
      const value = entityOf(happening, rule.dimension);
      if (value !== null) this.count(rule, value, happening.at);
    }
  }

  private count(rule: Rule, value: string, at: number): void {
    const key = `${rule.id} ${value}`;
    const window = this.windows.get(key) ?? { times: [], firing: false };
    this.windows.set(key, window);
    window.times.push(at);
    while ((window.times[0] ?? at) <= at - rule.window_minutes * MINUTE) window.times.shift();
    const breach = window.times.length >= rule.threshold;
    if (breach && !window.firing) this.fired.push({ dimension: rule.dimension, value, at });
    window.firing = breach;
  }
}

function listens(rule: Rule, category: string): boolean {
  const levels = levelsOf(category);
  return rule.where.every(({ field, in: values }) => values.includes(levels[field === 'category' ? 2 : Number(field.at(-1)) - 1] ?? ''));
}

/** A reader that loses a tenth of the causes and takes another tenth for something else. */
function careless(seed: number): Read {
  const random = seededRandom(seed, 'misread');
  return (category) => {
    const x = random.next();
    if (x < 0.1) return null;
    return x < 0.2 ? random.pick(topics).category : category;
  };
}

const exact: Read = (category) => category;

function watched(province: Province, reads: readonly Read[]): readonly (readonly Fired[])[] {
  const watches = reads.map((read) => new Watch(read));
  for (const day of happeningsOf(province, topics)) for (const happening of day) for (const watch of watches) watch.hear(happening);
  return watches.map((watch) => watch.fired);
}

function shareFound(incidents: readonly Incident[], alarms: readonly Fired[]): number {
  const found = incidents.filter(({ entity, from, before }) =>
    alarms.some(({ dimension, value, at }) => dimension === entity.dimension && value === entity.value && at >= from && at < before),
  );
  return found.length / incidents.length;
}

const meanOf = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0) / shares.length;

describe('the five rules of the pack', () => {
  test('find the incidents of five worlds, and nine in ten when a fifth of the causes is lost or wrong', () => {
    const shares = TUNING.map((seed) => {
      const province = worldOf(seed, true);
      return watched(province, [exact, careless(seed)]).map((alarms) => shareFound(province.incidents, alarms));
    });
    expect(meanOf(shares.map(([share]) => share ?? 0))).toBeGreaterThanOrEqual(0.95);
    expect(meanOf(shares.map(([, share]) => share ?? 0))).toBeGreaterThanOrEqual(0.9);
  });

  test.each(TUNING.slice(0, 2))('raise at most one alarm a week where nothing happens (seed %d)', (seed) => {
    for (const alarms of watched(worldOf(seed, false), [exact, careless(seed)])) expect(alarms.length).toBeLessThanOrEqual(WEEKS);
  });
});

describe('the words of the province', () => {
  test('are more than 150,000 voices in half a year, at least three in ten without a term of the pack', () => {
    let [voices, free] = [0, 0];
    const terms = pack.terms.map((term) => ({ ...term, all: [term.term, ...(term.with ?? [])] }));
    for (const day of toldDays(worldOf(1, true), topics, (code) => code)) {
      voices += day.voices.length;
      for (const { told } of day.voices.filter((_, i) => i % 25 === 0)) {
        const text = told.text.toLowerCase();
        const hit = terms.some(
          (term) => term.all.every((word) => text.includes(word)) && !(term.without ?? []).some((word) => text.includes(word)),
        );
        if (!hit) free++;
      }
    }
    expect(voices).toBeGreaterThanOrEqual(150_000);
    expect(free / (voices / 25)).toBeGreaterThanOrEqual(0.3);
  });

  test('cover every leaf of the pack and nothing else', () => {
    const leaves = pack.categories.filter((category) => category.cell !== undefined).map((category) => category.code);
    expect(topics.map((topic) => topic.category).toSorted()).toEqual(leaves.toSorted());
  });

  test('are not the sentences that the first model learns from', () => {
    const examples = new Set(pack.examples.map((example) => example.text));
    for (const day of toldDays(provinceOf({ customers: 500, months: 1, seed: 1, until: UNTIL, incidents: true }), topics, (code) => code)) {
      for (const { told } of day.voices) expect(examples.has(told.text)).toBe(false);
    }
  });
});
