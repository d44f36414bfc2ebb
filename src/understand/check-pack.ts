import type { z } from 'zod';
import type { Pack, PackCategory } from '../model/pack.ts';
import { packSchema } from '../model/pack.ts';
import type { Problem } from '../model/problem.ts';
import { depthProblems } from './check-pack-depth.ts';
import { actionProblems, handlingProblems } from './check-handling.ts';
import { surveyProblems } from './check-survey.ts';
import { behaviourProblems, segmentProblems } from './check-segments.ts';
import { codesOf, invalid, isLeaf, repeated, unknown } from './pack-mistakes.ts';

export type CheckedPack =
  | { readonly kind: 'ok'; readonly pack: Pack }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Entities and filters that a warning rule of a pack may name: they must be columns that every voice carries. */
const RULE_DIMENSIONS = new Set([
  'city',
  'district',
  'community',
  'cell',
  'unit',
  'plan',
  'product',
  'channel',
  'source',
  'agent',
  'department',
]);
const CATEGORY_LEVELS: Readonly<Record<string, number>> = { category_1: 1, category_2: 2, category: 3 };

/** Every mistake of a pack at once: an author who mends one and runs again for the next gives up after the fifth. */
export function checkPack(input: unknown): CheckedPack {
  const parsed = packSchema.safeParse(input);
  if (!parsed.success) return { kind: 'problems', problems: parsed.error.issues.flatMap(schemaProblems) };
  const pack = parsed.data;
  const problems = [
    ...duplicates(pack),
    ...categoryProblems(pack),
    ...leafReferences(pack),
    ...ruleProblems(pack),
    ...wordProblems(pack),
    ...depthProblems(pack),
    ...calendarProblems(pack),
    ...segmentProblems(pack),
    ...surveyProblems(pack),
    ...behaviourProblems(pack),
    ...handlingProblems(pack),
    ...actionProblems(pack),
  ];
  return problems.length === 0 ? { kind: 'ok', pack } : { kind: 'problems', problems };
}

function schemaProblems(issue: z.core.$ZodIssue): readonly Problem[] {
  const at = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => invalid([...at, key].join('.'), 'unknown key', 'take it out or correct its spelling'));
  return [invalid(at.join('.'), issue.message, 'write what is asked for')];
}

function duplicates(pack: Pack): readonly Problem[] {
  const lists = ['departments', 'business_types', 'support_systems', 'bearer_networks', 'stages', 'products', 'categories'] as const;
  return [
    ...lists.flatMap((list) =>
      repeated(
        list,
        pack[list].map((each: { readonly code: string }) => each.code),
      ),
    ),
    ...repeated(
      'terms',
      pack.terms.map((t) => [t.term, t.category, t.with?.join(), t.without?.join()].join('|')),
    ),
    ...repeated(
      'examples',
      pack.examples.map((e) => e.text),
    ),
    ...repeated(
      'counter_examples',
      pack.counter_examples.map((e) => [e.text, e.not_category].join('|')),
    ),
    ...repeated(
      'scripts',
      pack.scripts.map((s) => s.category),
    ),
    ...repeated('dictionary', pack.dictionary),
    ...repeated(
      'warning_rules',
      pack.warning_rules.map((r) => r.id),
    ),
    ...repeated(
      'synonyms',
      pack.synonyms.map((s) => s.word),
    ),
  ];
}

function categoryProblems(pack: Pack): readonly Problem[] {
  const all = codesOf(pack.categories);
  const parents = new Set(pack.categories.map((c) => parentOf(c.code)));
  return pack.categories.flatMap((category, i) => {
    const at = `categories.${i}`;
    const depth = category.code.split('/').length;
    const parent = parentOf(category.code);
    const found: Problem[] = [];
    if (parent !== null && !all.has(parent)) found.push(unknown(`${at}.code`, parent));
    if (depth > 3) found.push(invalid(`${at}.code`, 'deeper than three levels', 'file it under a second level'));
    if (depth < 3 && !parents.has(category.code)) found.push(invalid(`${at}.code`, 'has no leaf below it', 'add a leaf or take it out'));
    if (depth < 3 && isLeaf(category)) found.push(invalid(`${at}.cell`, 'only leaves carry a cell', 'take the cell out'));
    if (depth === 3 && !isLeaf(category))
      found.push(invalid(`${at}.cell`, 'leaf without a cell', 'say business, support, bearer and department'));
    if (depth === 3 && category.stage === undefined)
      found.push(invalid(`${at}.stage`, 'leaf without a stage', 'say at which touchpoint it arises'));
    return [...found, ...cellProblems(pack, category, at)];
  });
}

function cellProblems(pack: Pack, category: PackCategory, at: string): readonly Problem[] {
  const found: Problem[] = [];
  const cell = category.cell;
  if (cell !== undefined) {
    const axes = {
      business: pack.business_types,
      support: pack.support_systems,
      bearer: pack.bearer_networks,
      department: pack.departments,
    };
    for (const axis of ['business', 'support', 'bearer', 'department'] as const) {
      if (!codesOf(axes[axis]).has(cell[axis])) found.push(unknown(`${at}.cell.${axis}`, cell[axis]));
    }
  }
  if (category.stage !== undefined && !codesOf(pack.stages).has(category.stage)) found.push(unknown(`${at}.stage`, category.stage));
  return found;
}

function parentOf(code: string): string | null {
  const cut = code.lastIndexOf('/');
  return cut < 0 ? null : code.slice(0, cut);
}

/** Terms, examples and scripts speak for leaves only: a branch has no cell, so a reading could name no department. */
function leafReferences(pack: Pack): readonly Problem[] {
  const all = codesOf(pack.categories);
  const leaves = codesOf(pack.categories.filter(isLeaf));
  const check = (column: string, category: string): readonly Problem[] => {
    if (!all.has(category)) return [unknown(column, category)];
    return leaves.has(category) ? [] : [invalid(column, 'not a leaf category', 'name one of its leaves')];
  };
  return [
    ...pack.terms.flatMap((term, i) => check(`terms.${i}.category`, term.category)),
    ...pack.examples.flatMap((example, i) => check(`examples.${i}.category`, example.category)),
    ...pack.counter_examples.flatMap((each, i) => [
      ...check(`counter_examples.${i}.category`, each.category),
      ...check(`counter_examples.${i}.not_category`, each.not_category),
    ]),
    ...pack.scripts.flatMap((script, i) => check(`scripts.${i}.category`, script.category)),
  ];
}

function ruleProblems(pack: Pack): readonly Problem[] {
  const categories = codesOf(pack.categories);
  const departments = codesOf(pack.departments);
  return pack.warning_rules.flatMap((rule, i) => {
    const at = `warning_rules.${i}`;
    const found: Problem[] = [];
    if (!RULE_DIMENSIONS.has(rule.dimension)) found.push(unknown(`${at}.dimension`, rule.dimension));
    if (!departments.has(rule.department)) found.push(unknown(`${at}.department`, rule.department));
    rule.where.forEach((filter, j) => {
      const level = CATEGORY_LEVELS[filter.field];
      if (level === undefined) return;
      for (const value of filter.in) {
        if (!categories.has(value) || value.split('/').length !== level) found.push(unknown(`${at}.where.${j}.in`, value));
      }
    });
    return found;
  });
}

function wordProblems(pack: Pack): readonly Problem[] {
  const owner = new Map<string, string>();
  return pack.synonyms.flatMap((synonym, i) =>
    synonym.variants.flatMap((variant) => {
      const before = owner.get(variant);
      owner.set(variant, synonym.word);
      if (variant === synonym.word) return [invalid(`synonyms.${i}`, `${variant} stands for itself`, 'take the variant out')];
      return before === undefined
        ? []
        : [{ code: 'pack-duplicate' as const, column: `synonyms.${i}`, params: { value: variant, way: 'keep it under one word' } }];
    }),
  );
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

function calendarProblems(pack: Pack): readonly Problem[] {
  const { week, holidays, working_days: workingDays } = pack.calendar;
  const found: Problem[] = [];
  for (const [day, periods] of Object.entries(week)) {
    if (!/^[1-7]$/.test(day)) found.push(invalid(`calendar.week.${day}`, 'weekday is 1 … 7', 'write 1 for Monday … 7 for Sunday'));
    let end = '';
    periods.forEach((period, i) => {
      const at = `calendar.week.${day}.${i}`;
      if (!CLOCK.test(period.from) || !CLOCK.test(period.before)) found.push(invalid(at, 'time is HH:MM', 'write 08:30'));
      else if (period.from >= period.before) found.push(invalid(at, 'ends before it begins', 'swap from and before'));
      else if (period.from < end) found.push(invalid(at, 'overlaps the period before it', 'join the two or move one'));
      end = period.before;
    });
  }
  if (Object.values(week).every((periods) => periods.length === 0))
    found.push(invalid('calendar.week', 'no working hours at all', 'add a period to a weekday'));
  const dated = [...holidays.map((day) => ['holidays', day] as const), ...workingDays.map((day) => ['working_days', day] as const)];
  for (const [list, day] of dated) if (!isDay(day)) found.push(invalid(`calendar.${list}`, `${day} is not a day`, 'write yyyy-mm-dd'));
  const off = new Set(holidays);
  for (const day of workingDays)
    if (off.has(day)) found.push(invalid('calendar.working_days', `${day} is a holiday too`, 'keep it in one of the two lists'));
  return [...found, ...repeated('calendar.holidays', holidays), ...repeated('calendar.working_days', workingDays)];
}

/** Real days only: 30 February parses in no calendar. */
function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}
