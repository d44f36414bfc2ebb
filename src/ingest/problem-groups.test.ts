import { describe, expect, it } from 'vitest';
import { ProblemTally } from './problem-groups.ts';

const unknown = (value: string) => ({ code: 'region-unknown' as const, column: '区县', params: { value } });

describe('problems of many rows', () => {
  it('are one group by code and column, with the most frequent values first', () => {
    const tally = new ProblemTally();
    ['历下', '市中', '历下', '历下'].forEach((value, i) => tally.add(i + 1, unknown(value)));
    tally.add(9, { code: 'text-missing', column: '内容' });
    expect(tally.groups()).toEqual([
      {
        code: 'region-unknown',
        column: '区县',
        count: 4,
        rows: [1, 2, 3, 4],
        values: [
          { value: '历下', count: 3 },
          { value: '市中', count: 1 },
        ],
      },
      { code: 'text-missing', column: '内容', count: 1, rows: [9] },
    ]);
  });

  it('are counted on after an interruption', () => {
    const first = new ProblemTally();
    first.add(1, unknown('历下'));
    const second = new ProblemTally(first.groups());
    second.add(2, unknown('历下'));
    expect(second.groups()).toMatchObject([{ count: 2, values: [{ value: '历下', count: 2 }] }]);
  });

  it('keep bounded memory and a short list, however many values there are', () => {
    const tally = new ProblemTally();
    for (let i = 0; i < 5_000; i++) tally.add(i, unknown(`v${i}`));
    for (let i = 0; i < 3; i++) tally.add(i, unknown('v7'));
    const [group] = tally.groups();
    expect([group?.count, group?.values?.length, group?.values?.[0]]).toEqual([5_003, 20, { value: 'v7', count: 4 }]);
  });
});
