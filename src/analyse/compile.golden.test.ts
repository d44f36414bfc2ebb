import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGolden } from '../../test/kit/golden.ts';
import { warehouseOf, ZONE, type TestWarehouse } from '../../test/kit/warehouse-rows.ts';
import type { Question } from '../model/question.ts';
import type { ScopeFilter } from '../model/scope.ts';
import { duckDbDialect } from '../platform/warehouse/duckdb-dialect.ts';
import { compile } from './compile.ts';

const MARCH = { field: 'said_at', from: '2026-03-01', before: '2026-04-01' } as const;
const QUESTIONS: readonly { readonly says: string; readonly scope: ScopeFilter; readonly question: Question }[] = [
  { says: 'all voices', scope: { kind: 'all' }, question: { measures: ['voices'], by: [], where: [] } },
  { says: 'a city per day and category', scope: { kind: 'city', city: 'jn' }, question: { measures: ['voices', 'share', 'mean_score'], by: ['day', 'category_1'], where: [MARCH], limit: 200 } },
  { says: 'a branch, unmapped, with words', scope: { kind: 'units', pathPrefix: '/p/jn/lx/', district: 'lx' }, question: { measures: ['voices', 'customers'], by: ['unit'], where: [{ field: 'category', in: ['unmapped', 'fixed/broadband/outage'] }, { text: '实名制 光改' }] } },
  { says: 'rates compared with the previous period', scope: { kind: 'all' }, question: { measures: ['voices', 'per_10k_subscribers'], by: ['city', 'kind'], where: [MARCH, { field: 'product', in: ['broadband'] }], compare: 'previous', order: [{ by: 'voices_change', descending: true }] } },
  { says: 'subscribers per city and attributes', scope: { kind: 'agent', agent: '007' }, question: { measures: ['subscribers'], by: ['city'], where: [{ field: 'attr:level', in: ['高', null] }] } },
];
let world: TestWarehouse;
beforeAll(async () => {
  world = await warehouseOf([{ id: 1, said: '2026-03-05T10:00:00', city: 'jn', agent: '007' }]);
});
afterAll(() => world.warehouse.close());

describe('the statements', () => {
  test('are those that were looked at, and the engine takes each', async () => {
    const texts: string[] = [];
    for (const { says, scope, question } of QUESTIONS) {
      const compiled = compile(question, scope, duckDbDialect, { timeZone: ZONE, nowMs: Date.UTC(2026, 2, 10) });
      if (compiled.kind === 'problems') throw new Error(JSON.stringify(compiled.problems));
      texts.push(`-- ${says}\n${compiled.sql};\n-- ${JSON.stringify(compiled.params)}\n`);
      expect(Array.isArray(await world.warehouse.select(compiled.sql, compiled.params))).toBe(true);
    }
    expectGolden(join(import.meta.dirname, 'compile.golden.duckdb.sql'), texts.join('\n'));
  });
});
