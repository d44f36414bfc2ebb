import { beforeAll, describe, expect, test } from 'vitest';
import type { Pack } from '../model/pack.ts';
import { checkPack } from './check-pack.ts';
import { loadPack } from './load-pack.client.ts';

let shipped: Pack;
beforeAll(async () => {
  shipped = await loadPack();
});

/** What is wrong with the shipped pack after one change, as `code column`. */
function mistakesAfter(change: (pack: Mutable<Pack>) => void): readonly string[] {
  const pack = structuredClone(shipped) as Mutable<Pack>;
  change(pack);
  const checked = checkPack(pack);
  return checked.kind === 'ok' ? [] : checked.problems.map((problem) => `${problem.code} ${problem.column ?? ''}`);
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error('empty');
  return one;
}

describe('the pack that ships', () => {
  test('has no mistake', () => {
    expect(checkPack(shipped).kind).toBe('ok');
  });

  test('has ten branches and more than 120 leaves of the depth that it promises', () => {
    const leaves = shipped.categories.filter((category) => category.cell !== undefined);
    expect(new Set(shipped.categories.map((category) => category.code.split('/')[0])).size).toBe(10);
    expect(leaves.length).toBeGreaterThanOrEqual(120);
    expect(shipped.depth).toEqual({ terms: 5, examples: 15, counter_examples: 3, scripts: true, dictionary: 600 });
  });

  test('explains every leaf in both languages without promising an hour', () => {
    for (const { category, say } of shipped.scripts) {
      expect(say.zh.length, category).toBeGreaterThan(40);
      expect(say.en.length, category).toBeGreaterThan(80);
      expect(say.zh, category).not.toMatch(/\d+\s*(小时|分钟)内/);
    }
  });

  test('has at most five warning rules', () => {
    expect(shipped.warning_rules.length).toBeLessThanOrEqual(5);
  });

  test('writes its terms folded: lower case and half width', () => {
    for (const { term } of shipped.terms) expect(term).toBe(term.normalize('NFKC').toLowerCase());
  });

  test('knows the national holidays and the weekends worked for them', () => {
    const { holidays, working_days } = shipped.calendar;
    expect(holidays).toContain('2025-10-01');
    expect(holidays).toContain('2026-02-17');
    expect(working_days).toContain('2026-02-14');
  });
});

test.each<[string, (pack: Mutable<Pack>) => void, string]>([
  ['an unknown department', (p) => (first(p.warning_rules).department = 'nobody'), 'pack-reference-unknown warning_rules.0.department'],
  ['an unknown dimension', (p) => (first(p.warning_rules).dimension = 'planet'), 'pack-reference-unknown warning_rules.0.dimension'],
  [
    'a category of the wrong level',
    (p) => (first(p.warning_rules).where = [{ field: 'category_1', in: ['fixed/broadband'] }]),
    'pack-reference-unknown warning_rules.0.where.0.in',
  ],
  ['a term for a branch', (p) => (first(p.terms).category = 'fixed'), 'pack-invalid terms.0.category'],
  ['a term for nothing', (p) => (first(p.terms).category = 'fixed/none'), 'pack-reference-unknown terms.0.category'],
  ['an example for a branch', (p) => (first(p.examples).category = 'mobile/data'), 'pack-invalid examples.0.category'],
  ['an example twice', (p) => p.examples.push(first(p.examples)), 'pack-duplicate examples.'],
  ['a category twice', (p) => p.categories.push(first(p.categories)), 'pack-duplicate categories.'],
  ['a leaf without a cell', (p) => delete p.categories[2]?.cell, 'pack-invalid categories.2.cell'],
  ['a leaf without a stage', (p) => delete p.categories[2]?.stage, 'pack-invalid categories.2.stage'],
  ['a parent missing', (p) => p.categories.splice(0, 1), 'pack-reference-unknown categories.0.code'],
  ['a branch without leaves', (p) => p.categories.push({ code: 'other', names: { zh: '其他', en: 'Other' } }), 'pack-invalid categories.'],
  ['an unknown bearer', (p) => (p.bearer_networks = p.bearer_networks.slice(1)), 'pack-reference-unknown categories.2.cell.bearer'],
  ['a stage that is not listed', (p) => (p.stages = []), 'pack-reference-unknown categories.2.stage'],
  [
    'hours that end before they begin',
    (p) => (p.calendar.week['1'] = [{ from: '18:00', before: '08:00' }]),
    'pack-invalid calendar.week.1.0',
  ],
  [
    'hours that overlap',
    (p) =>
      (p.calendar.week['2'] = [
        { from: '08:00', before: '12:00' },
        { from: '11:00', before: '13:00' },
      ]),
    'pack-invalid calendar.week.2.1',
  ],
  [
    'a counter-example of its own look-alike',
    (p) => (first(p.counter_examples).category = first(p.counter_examples).not_category),
    'pack-invalid counter_examples.0.category',
  ],
  [
    'a counter-example that is learned from',
    (p) => (first(p.counter_examples).text = first(p.examples).text),
    'pack-invalid counter_examples.0.text',
  ],
  [
    'a counter-example of a branch',
    (p) => (first(p.counter_examples).not_category = 'fixed'),
    'pack-invalid counter_examples.0.not_category',
  ],
  ['a script for nothing', (p) => (first(p.scripts).category = 'fixed/none'), 'pack-reference-unknown scripts.0.category'],
  ['a leaf without a script', (p) => p.scripts.shift(), 'pack-invalid categories.2'],
  ['a leaf with few terms', (p) => (p.terms = p.terms.slice(12)), 'pack-invalid categories.2'],
  ['a word twice in the dictionary', (p) => p.dictionary.push(first(p.dictionary)), 'pack-duplicate dictionary.'],
  ['a small dictionary', (p) => (p.dictionary = p.dictionary.slice(0, 599)), 'pack-invalid dictionary'],
  ['a segment that is called like a temperament', (p) => (first(p.segments).id = 'tolerant'), 'pack-invalid segments.0.id'],
  ['a segment twice', (p) => p.segments.push(first(p.segments)), 'pack-duplicate segments.6'],
  ['a segment that others hide', (p) => p.segments.push({ ...first(p.segments), id: 'late' }), 'pack-invalid segments.6'],
  ['a segment behind one that takes all', (p) => (first(p.segments).brands = first(p.segments).tiers = []), 'pack-invalid segments.1'],
  ['a brand twice in a segment', (p) => first(p.segments).brands.push('商务'), 'pack-duplicate segments.0.brands.1'],
  ['a segment without a name', (p) => (first(p.segments).names = { zh: '', en: '' }), 'pack-invalid segments.0.names.zh'],
  [
    'a cause about money that is no first level',
    (p) => p.behaviour.money.push('billing/charge'),
    'pack-reference-unknown behaviour.money.',
  ],
  [
    'a word of a temperament twice',
    (p) => p.behaviour.words.price.push(first(p.behaviour.words.price)),
    'pack-duplicate behaviour.words.price.',
  ],
  ['a value in both tiers', (p) => p.handling?.low_tiers.push('钻石'), 'pack-invalid handling.low_tiers.1'],
  ['a value twice in a tier', (p) => p.handling?.low_tiers.push('普通'), 'pack-duplicate handling.low_tiers.1'],
  ['a level without a strategy for a tier', (p) => p.handling?.strategies.pop(), 'pack-invalid handling.strategies'],
  ['an action twice', (p) => p.handling_actions.push(first(p.handling_actions)), 'pack-duplicate handling_actions.'],
  [
    'a call of specialists that is no call',
    (p) => (p.handling_actions = [{ ...first(p.handling_actions), specialists: true }]),
    'pack-invalid handling_actions.0.specialists',
  ],
  [
    'two actions for the calls of specialists',
    (p) => (p.handling_actions = p.handling_actions.map((one) => ({ ...one, specialists: one.calls }))),
    'pack-invalid handling_actions',
  ],
  ['an eighth weekday', (p) => (p.calendar.week['8'] = []), 'pack-invalid calendar.week.8'],
  ['a day that does not exist', (p) => p.calendar.holidays.push('2026-02-30'), 'pack-invalid calendar.holidays'],
  ['a working holiday', (p) => p.calendar.working_days.push('2026-10-01'), 'pack-invalid calendar.working_days'],
  [
    'a variant of two words',
    (p) => p.synonyms.push({ word: '另一个词', variants: [first(first(p.synonyms).variants)] }),
    'pack-duplicate synonyms.',
  ],
])('%s is found', (_name, change, expected) => {
  const found = mistakesAfter(change);
  expect(
    found.some((mistake) => mistake.startsWith(expected)),
    found.join('\n'),
  ).toBe(true);
});

test('all mistakes are told at once', () => {
  const found = mistakesAfter((pack) => {
    first(pack.terms).category = 'nowhere';
    first(pack.examples).category = 'nowhere';
    first(pack.warning_rules).department = 'nobody';
    pack.calendar.holidays.push('never');
  });
  expect(found.length).toBe(4);
});

test('every mistake names its way out', () => {
  const checked = checkPack({ ...shipped, stages: [], dictionary: [], scripts: [], colour: 'red' });
  const more = checkPack({ ...shipped, stages: [], dictionary: [], scripts: [] });
  const problems = [checked, more].flatMap((each) => (each.kind === 'ok' ? [] : each.problems));
  expect(problems.length).toBeGreaterThan(260);
  for (const { params } of problems) expect(String(params?.['way'])).toMatch(/\w+ \w+/);
});

test('a pack of the wrong shape is told key by key', () => {
  const checked = checkPack({ ...shipped, version: 3, colour: 'red', stages: [{ code: 'UPPER', names: { zh: '', en: 'x' } }] });
  const columns = checked.kind === 'problems' ? checked.problems.map((problem) => problem.column) : [];
  expect(columns).toEqual(expect.arrayContaining(['version', 'colour', 'stages.0.code', 'stages.0.names.zh']));
});

test.each([null, 7, 'pack', [], {}])('%j is no pack', (input) => {
  expect(checkPack(input).kind).toBe('problems');
});
