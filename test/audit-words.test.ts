import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/app/command-table.ts';
import { ORDER_ACTIONS } from '../src/model/work-order.ts';
import type { ExperimentDraft } from '../src/model/experiment.ts';
import type { CallOutcome, SpecialistDraft } from '../src/model/peaks.ts';
import type { Question } from '../src/model/question.ts';
import type { auditRows } from '../src/people/audit.sql.ts';
import type { addMember, changeMember } from '../src/people/change-members.sql.ts';
import type { renameUnit } from '../src/people/change-units.sql.ts';
import type { changePreferences } from '../src/people/preferences.sql.ts';
import type { createRule } from '../src/warn/rules.sql.ts';
import { ACTION_WORDS, FIELD_WORDS, KIND_WORDS, VALUE_WORDS, actionWords } from '../src/web/i18n/record-words.ts';
import { auditWrites } from './kit/audit-writes.ts';

const ROOT = join(import.meta.dirname, '..');
const files = globSync('src/**/*.ts', { cwd: ROOT })
  .filter((path) => !path.startsWith('src/web/') && !path.endsWith('.test.ts'))
  .toSorted()
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
const writes = files.filter(({ text }) => text.includes('writeAudit(')).map(({ path, text }) => ({ path, ...auditWrites(path, text) }));

/** Every key of a type: one that is added there does not compile here until it is named. */
const keysOf = <T>(keys: Readonly<Record<keyof T, true>>): readonly string[] => Object.keys(keys);

const RULE = keysOf<Parameters<typeof createRule>[2]>({
  id: true,
  names: true,
  dimension: true,
  where: true,
  windowMinutes: true,
  threshold: true,
  holdMinutes: true,
  department: true,
  severity: true,
  recipients: true,
  enabled: true,
});
const MEMBER = keysOf<Omit<Parameters<typeof addMember>[2], 'locale'>>({
  login: true,
  name: true,
  email: true,
  staff_no: true,
  unit: true,
  roles: true,
  scope: true,
});
const MEMBER_CHANGE = keysOf<Parameters<typeof changeMember>[4]>({
  name: true,
  email: true,
  staff_no: true,
  unit: true,
  roles: true,
  scope: true,
  disabled: true,
});
const UNIT_CHANGE = keysOf<Parameters<typeof renameUnit>[4]>({ name: true, name_en: true, department: true });

/** Lines of handling: expectations, strategies, unit costs. */
const LINE =
  'pain segment expectation solution department level tier who within_hours offer code names unit_cost low high assumption'.split(' ');

/** Hours and duties of quality specialists. */
const SPECIALIST = keysOf<SpecialistDraft>({
  minutes: true,
  minutes_per_call: true,
  categories: true,
  segments: true,
  duties: true,
  active: true,
});
const CALL_DEED = [
  'specialist',
  ...keysOf<CallOutcome>({ reached: true, attitude: true, promise: true, solved: true, note: true }),
  'kind',
];

/** Bodies of decisions about the satisfaction mapping. */
const DECISION = ['item', 'weights', 'reason', 'state', 'question'];
const EXPERIMENT = keysOf<ExperimentDraft>({
  name: true,
  strategy: true,
  arms: true,
  metrics: true,
  strata: true,
  windowDays: true,
  action: true,
  handling: true,
});
const EXPERIMENT_DEED = ['reason', 'decision', 'note', 'verdict', 'name', 'customers', 'cohort_version', 'where', 'pick', 'file', 'metric'];

/** Details that are not spelt out where they are written, and what they hold. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  'src/people/change-members.sql.ts: after': MEMBER,
  'src/people/change-members.sql.ts: only(before)': MEMBER_CHANGE,
  'src/people/change-members.sql.ts: only(after)': MEMBER_CHANGE,
  'src/people/change-units.sql.ts: only(unit)': UNIT_CHANGE,
  'src/people/change-units.sql.ts: only(after)': UNIT_CHANGE,
  'src/people/session.routes.ts: body': ['locale'],
  // Its callers are followed instead.
  'src/act/change-orders.sql.ts: detail': [],
  'src/act/handling/lines.sql.ts: change.value': LINE,
  'src/act/handling/lines.sql.ts: before?.value ?? null': LINE,
  'src/act/peaks/change-calls.sql.ts: detail': CALL_DEED,
  'src/act/peaks/specialists.sql.ts: detail': [],
  'src/act/peaks/specialists.sql.ts: draft': SPECIALIST,
  'src/act/peaks/specialists.sql.ts: rest': SPECIALIST,
  'src/act/peaks/specialists.sql.ts: was': SPECIALIST,
  'src/predict/satisfaction/decisions.sql.ts: body': DECISION,
  'src/predict/satisfaction/decisions.sql.ts: before?.body ?? null': DECISION,
  // Its callers write in several files.
  'src/verify/experiments/change-experiments.sql.ts: detail': EXPERIMENT_DEED,
  'src/verify/experiments/change-experiments.sql.ts: registered(before)': EXPERIMENT,
  'src/verify/experiments/change-experiments.sql.ts: registered(draft)': EXPERIMENT,
  'src/warn/rules.sql.ts: draft': RULE,
  // Of what it was, only what the draft names is told.
  'src/warn/rules.sql.ts: before': RULE,
};

/** Written by SQL of its own, for many voices at once. */
const PUSHED = ['voices', 'key'];

const INSIDE: readonly (readonly [string, readonly string[]])[] = [
  ['question', keysOf<Question>({ measures: true, by: true, where: true, order: true, limit: true, compare: true })],
  ['order', keysOf<NonNullable<Question['order']>[number]>({ by: true, descending: true })],
  [
    'filter',
    keysOf<Parameters<typeof auditRows>[1]>({
      member: true,
      action: true,
      kind: true,
      subject: true,
      from: true,
      before: true,
      text: true,
    }),
  ],
];

const unnamed = (words: Readonly<Record<string, unknown>>, codes: readonly string[]): readonly string[] =>
  codes.filter((code) => !Object.hasOwn(words, code));

describe('the audit in words', () => {
  test('every detail is spelt out where it is written, or listed here', () => {
    const opaque = writes.flatMap(({ path, opaque: texts }) => texts.map((text) => `${path}: ${text}`));
    expect(opaque.toSorted()).toEqual(Object.keys(ELSEWHERE).toSorted());
    expect(files.filter(({ text }) => /insert into audit\b/.test(text)).map(({ path }) => path)).toEqual([
      'src/ingest/intake.sql.ts',
      'src/people/audit.sql.ts',
    ]);
  });

  test('every key that the server writes has a name', () => {
    const keys = [...writes.flatMap((one) => one.keys), ...Object.values(ELSEWHERE).flat(), ...PUSHED];
    expect(keys.length).toBeGreaterThan(60);
    expect(unnamed(FIELD_WORDS, keys)).toEqual([]);
    for (const [outer, keysInside] of INSIDE)
      expect(
        unnamed(
          FIELD_WORDS,
          keysInside.filter((key) => !Object.hasOwn(FIELD_WORDS, `${outer}.${key}`)),
        ),
      ).toEqual([]);
  });

  test('every setting that a member changes has a name', () => {
    const settings = keysOf<Parameters<typeof changePreferences>[2]>({
      density: true,
      shortcuts: true,
      page_size: true,
      tables: true,
      defaults: true,
    });
    expect(unnamed(VALUE_WORDS['changed'] ?? {}, settings)).toEqual([]);
  });

  test('so have deeds and the things they are done to', () => {
    const orders = [...ORDER_ACTIONS, 'create', 'comment'].map((action) => `order.${action}`);
    expect(unnamed(ACTION_WORDS, [...writes.flatMap((one) => one.actions), ...orders, 'voices.push'])).toEqual([]);
    expect(unnamed(KIND_WORDS, [...writes.flatMap((one) => one.kinds), 'source', 'answer', 'voices'])).toEqual([]);
    expect(COMMANDS.map(({ words }) => actionWords(`cli.${words.replace(' ', '.')}`, 'zh'))).toEqual(
      COMMANDS.map(({ words }) => `命令 ${words}`),
    );
  });

  test('the walk follows names, spreads and choices, and says what it cannot follow', () => {
    const code = `
      const detail = { a: 1, ...(x ? { b: 2 } : { c }), after: only(row) };
      writeAudit(tx, { action: y ? 'one' : 'two', subjectKind: 'thing', detail });
      function tell(tx, detail) { writeAudit(tx, { action, subjectKind: 'other', detail: { before: { d: 1 }, e: { f: 1 } } }); }
    `;
    expect(auditWrites('a.ts', code)).toEqual({
      keys: ['a', 'b', 'c', 'd', 'e'],
      actions: ['one', 'two'],
      kinds: ['thing', 'other'],
      opaque: ['only(row)'],
    });
  });
});
