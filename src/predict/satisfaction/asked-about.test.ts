import { describe, expect, test } from 'vitest';
import type { Survey } from '../../model/survey.ts';
import { countsFor } from './asked-about.ts';
import { CellBuilder } from './cell-builder.ts';
import { placeScores } from './named-scores.ts';
import { namedKey, OVERALL, type RawCell, serviceCells } from './service-cells.ts';

const names = (zh: string, en = zh) => ({ zh, en });
const branch = (code: string, zh: string) => ({ code, names: names(zh) });
const BRANCHES = [
  branch('bills/charge/wrong', '收费错误'),
  branch('bills', '账单'),
  branch('bills/charge', '收费'),
  branch('net', '网络'),
  branch('net/mobile', '手机网络'),
  branch('net/mobile/slow', '网速慢'),
  branch('net/mobile/5g', '5G'),
  branch('care', '客服'),
];
const item = (code: string, zh: string, about: string[], asked_as: string[] = []) => ({
  code,
  names: names(zh),
  question: names(zh),
  scale: { from: 1, to: 10 },
  asked_as,
  about,
});
const service = (code: string, zh: string, points: string[], items: string[]) => ({
  code,
  names: names(zh),
  points: points.map((category) => ({ category, weight: null })),
  items: items.map((each) => ({ item: each, loading: null })),
});
const SURVEY: Survey = {
  items: [item('speed', '上网速度', ['net/mobile'], ['网速满意度']), item('right', '话费准确', [])],
  services: [
    service('bill', '话费信息', ['bills/charge/wrong', 'bills/invoice/late', 'net/mobile/slow'], ['right']),
    service('mobile', '移动网络', ['net/mobile/slow', 'net/mobile/gone'], ['speed']),
  ],
  asked_about: ['回访项目'],
  basics: [],
};

describe('what a score counts for that says what was asked about', () => {
  const counts = countsFor(SURVEY, BRANCHES);
  test.each([
    ['the survey item that it names, by any of its names', '网速满意度', ['speed']],
    ['the same by code, in any width and case', ' ＳＰＥＥＤ ', ['speed']],
    ['the service item that it names', '话费信息', [namedKey('bill')]],
    ['the service item with most of its points in the branch', '账单', [namedKey('bill')]],
    ['and none that has a stray point in it', '网络', [namedKey('mobile')]],
    ['the service item whose survey item asks about what holds the branch', 'net/mobile/5g', [namedKey('mobile')]],
    ['every service item that a leaf is a point of', '网速慢', [namedKey('bill'), namedKey('mobile')]],
    ['nothing where a branch holds the smaller part of a service item’s points', '收费', []],
    ['nothing where no service item rests on the branch', '客服', []],
    ['nothing where nothing is called so', '天气', null],
  ])('%s', (_, name, keys) => {
    expect(counts(name)).toEqual(keys);
  });

  test('names that lead nowhere are told with how many used them, the others are counted where they belong', () => {
    const cells = new CellBuilder();
    const row = (name: string, n: number, score: number) => ({
      place: 'p',
      month: '2026-01-01',
      name,
      n,
      total: n * score,
      squares: n * score * score,
    });
    const rows = [row('移动网络', 4, 10), row('mobile', 2, 1), row('天气', 5, 3), row('客服', 1, 3)];
    const placed = placeScores([{ column: '回访项目', after: [], rows, others: 7 }], counts, cells, { from: 1, to: 10 });
    expect(placed.unplaced.map(({ name, why, answers }) => [name, why, answers])).toEqual([
      ['天气', 'unknown', 5],
      ['客服', 'unmeasured', 1],
    ]);
    expect(placed.unplacedAnswers).toBe(5 + 1 + 7);
    expect(placed.askedIn.get(namedKey('mobile'))).toEqual([
      { column: '回访项目', values: ['mobile', '移动网络'], scored: true, after: [], answers: 6 },
    ]);
    const found = serviceCells(SURVEY.services[1]!, cells.finish());
    expect(found.measuredBy).toBe('named');
    expect(found.cells[0]).toMatchObject({ answers: 6 });
    expect(found.cells[0]!.satisfaction).toBeCloseTo((4 * 100) / 6, 9);
    expect(serviceCells(SURVEY.services[0]!, cells.finish()).cells[0]).toMatchObject({ satisfaction: null, answers: 0 });
  });
});

describe('satisfaction of a service item', () => {
  const moments = (n: number, value: number) => ({ n, sum: n * value, squares: n * value * value });
  const cell = (answers: RawCell['answers']): RawCell => ({ place: 'p', month: '2026-01-01', customers: 10, grievances: {}, answers });
  test('takes scores that named it beside its survey items, and the overall score only where neither was asked', () => {
    const mobile = SURVEY.services[1]!;
    const both = serviceCells(mobile, [cell({ speed: moments(4, 80), [namedKey('mobile')]: moments(3, 40), [OVERALL]: moments(9, 10) })]);
    expect(both.measuredBy).toBe('items');
    expect(both.cells[0]).toMatchObject({ satisfaction: 60, answers: 7 });
    const overall = serviceCells(mobile, [cell({ [namedKey('bill')]: moments(3, 40), [OVERALL]: moments(9, 10) })]);
    expect(overall).toMatchObject({ measuredBy: 'overall', cells: [{ satisfaction: 10, answers: 9 }] });
  });
});
