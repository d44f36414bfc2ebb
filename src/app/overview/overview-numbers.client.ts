import { askNumbers, ask, labelsOf, searchVoices } from '../../analyse/read.sql.ts';
import { voicesBefore, voicesBehind } from '../../analyse/index.ts';
import type { Change, Day, Figure, OverviewNumbers, OwnVoices, Today, Weeks } from '../../model/overview.ts';
import type { Viewer } from '../../model/people.ts';
import type { Answer, Filter, Names, Question } from '../../model/question.ts';
import { wallMsOf } from '../../model/zoned-time.ts';
import type { Context } from '../../platform/context.ts';
import { SERIES_DAYS, daysOf, shiftDay, weeksOf } from './overview-days.ts';
import { type Group, changeOf, isWholeMoving, mainPart, noticeable } from './overview.ts';

/** A department has no unmapped voices: nobody knows whose those are. */
const figuresOf = (focus: readonly Filter[]) => [
  'voices',
  'complaints',
  'customers',
  focus.length === 0 ? 'unmapped_share' : 'complaint_share',
];
const MOST_CHANGES = 5;

/** The week in numbers, within the viewer's scope and the filters that the page is about. null: no voice in eight weeks. */
export async function overviewNumbers(ctx: Context, viewer: Viewer, focus: readonly Filter[]): Promise<OverviewNumbers | null> {
  const now = wallMsOf(ctx.clock.nowMs(), ctx.config.timeZone);
  const today = new Date(now).toISOString().slice(0, 10);
  const series = await seriesFor(ctx, viewer, focus, today);
  if (series.rows.length === 0) return null;
  const weeks = weeksOf(
    today,
    series.rows.map((row) => String(row['day'])),
  );
  const days = daysOf(series, weeks);
  const question = (by: readonly string[], more: Partial<Question> = {}): Question => ({
    measures: ['voices'],
    by,
    where: [{ field: 'said_at', ...weeks.now }, ...focus],
    compare: 'previous',
    limit: 10_000,
    ...more,
  });
  const [changes, figures, soFar, caveats] = await Promise.all([
    changesFor(ctx, viewer, focus, weeks, question),
    figuresFor(ctx, viewer, question([], { measures: figuresOf(focus) }), days),
    weeks.running ? todayFor(ctx, viewer, focus, today, now) : null,
    caveatsFor(ctx, viewer, question(['source'])),
  ]);
  return { weeks, ...changes, figures, today: soFar, days, caveats, as_of: series.as_of };
}

function seriesFor(ctx: Context, viewer: Viewer, focus: readonly Filter[], today: string) {
  const where = [{ field: 'said_at', from: shiftDay(today, -SERIES_DAYS - 7), before: shiftDay(today, 1) }, ...focus];
  return askNumbers(ctx, viewer, { measures: ['voices', 'complaints', 'unmapped'], by: ['day'], where, limit: 200 });
}

type Asking = (by: readonly string[], more?: Partial<Question>) => Question;

async function changesFor(ctx: Context, viewer: Viewer, focus: readonly Filter[], weeks: Weeks, question: Asking) {
  const [total, byCategory, byCell] = await Promise.all([
    ask(ctx, viewer, question([])),
    ask(ctx, viewer, question(['category_2'])),
    ask(ctx, viewer, question(['category_2', 'district'])),
  ]);
  const whole: Group = { ...groupOf(total.labels, total.rows[0] ?? {}, [], focus), names: { zh: '客户声音', en: 'Voices' } };
  const branched = (answer: Answer, by: readonly string[]) =>
    answer.rows.map((row) => withBranch(ctx, groupOf(answer.labels, row, by, focus), row['category_2'], by.length > 1));
  const categories = branched(byCategory, ['category_2']).filter((group) => group.code !== null);
  const cells = branched(byCell, ['category_2', 'district'])
    .map((group, i) => ({ ...group, category: String(byCell.rows[i]?.['category_2'] ?? '') }))
    .filter((group) => group.category !== '' && group.code !== null);
  const found = noticeable(categories, cells, MOST_CHANGES);
  const said = (group: Group, part: Group | null): Change => changeOf(group, part, weeks.now, weeks.before);
  const parts = await Promise.all(found.map((group) => partOf(ctx, viewer, group, question)));
  const changes = found.map((group, i) => said(group, parts[i] ?? null));
  const totalChange = said(whole, isWholeMoving(whole, found[0]) ? mainPart(whole, [categories]) : null);
  return { total: totalChange, changed: isWholeMoving(whole, found[0]) ? [totalChange, ...changes].slice(0, MOST_CHANGES) : changes };
}

/** Finest first: an estate says more than a district. */
const PART_DIMENSIONS = ['community', 'plan', 'district', 'city', 'channel'] as const;

async function partOf(ctx: Context, viewer: Viewer, group: Group, question: Asking): Promise<Group | null> {
  const narrowed = question([]).where.filter((filter) => 'field' in filter && filter.field === 'said_at');
  const taken = new Set(group.of.flatMap((filter) => ('field' in filter ? [filter.field] : [])));
  const dimensions = PART_DIMENSIONS.filter((name) => !taken.has(name));
  // Hundreds of places are counted to name one of them.
  const answers = await Promise.all(
    dimensions.map((name) => askNumbers(ctx, viewer, question([name], { where: [...narrowed, ...group.of] }))),
  );
  const part = mainPart(
    group,
    answers.map((answer, i) =>
      answer.rows.map((row) => ({ ...groupOf({}, row, [dimensions[i] ?? ''], group.of), dimension: dimensions[i] })),
    ),
  );
  if (part === null || part.dimension === undefined) return null;
  const labels = await labelsOf(ctx.db, ctx.pack, [part.dimension], [{ [part.dimension]: part.code }]);
  return { ...part, names: labels[part.dimension]?.[part.code ?? ''] ?? part.names };
}

/** A row as a group: its last dimension names it. */
function groupOf(labels: Answer['labels'], row: Answer['rows'][number], by: readonly string[], of: readonly Filter[]): Group {
  const last = by.at(-1);
  const value = last === undefined ? null : (row[last] ?? null);
  const code = value === null ? null : String(value);
  const unnamed: Names = { zh: code ?? '', en: code ?? '' };
  return {
    code,
    names: last === undefined || code === null ? unnamed : (labels[last]?.[code] ?? unnamed),
    value: Number(row['voices'] ?? 0),
    previous: Number(row['voices_previous'] ?? 0),
    of: [...of, ...voicesBehind({ by, where: [] }, row)],
  };
}

/** 收费 alone says little: 资费与账单·收费; in a place: 城中区的资费与账单·收费. */
function withBranch(ctx: Context, group: Group, category: unknown, inPlace: boolean): Group {
  const code = typeof category === 'string' ? category : '';
  const namesOf = (one: string): Names => ctx.pack.categories.find((entry) => entry.code === one)?.names ?? { zh: one, en: one };
  const [branch, leaf] = [namesOf(code.split('/')[0] ?? ''), namesOf(code)];
  const cause: Names = code === '' ? group.names : { zh: `${branch.zh}·${leaf.zh}`, en: `${branch.en}: ${leaf.en}` };
  return { ...group, names: inPlace ? { zh: `${group.names.zh}的${cause.zh}`, en: `${cause.en} in ${group.names.en}` } : cause };
}

async function figuresFor(ctx: Context, viewer: Viewer, question: Question, days: readonly Day[]): Promise<readonly Figure[]> {
  const answer = await askNumbers(ctx, viewer, question);
  const row = answer.rows[0] ?? {};
  const whole = days.filter((day) => !day.partial);
  const sparks: Readonly<Record<string, (day: Day) => number | null>> = {
    voices: (day) => day.voices,
    complaints: (day) => day.complaints,
    complaint_share: (day) => (day.voices === 0 ? null : day.complaints / day.voices),
    unmapped_share: (day) => (day.voices === 0 ? null : day.unmapped / day.voices),
  };
  const number = (name: string): number | null => {
    const value = row[name];
    return typeof value === 'number' ? value : null;
  };
  return question.measures.map((measure) => {
    const spark = sparks[measure];
    return {
      measure,
      value: number(measure),
      previous: number(`${measure}_previous`),
      where: voicesBehind(question, row, measure),
      previous_where: answer.previous === undefined ? [] : (voicesBefore(question, answer.previous, row, measure) ?? []),
      spark: spark === undefined ? [] : whole.map(spark),
    };
  });
}

async function todayFor(ctx: Context, viewer: Viewer, focus: readonly Filter[], today: string, nowMs: number): Promise<Today | null> {
  const question: Question = {
    measures: ['voices'],
    by: [],
    where: [{ field: 'said_at', from: today, before: shiftDay(today, 1) }, ...focus],
    compare: 'same-weekday',
  };
  const answer = await askNumbers(ctx, viewer, question);
  const row = answer.rows[0] ?? {};
  if (answer.previous === undefined) return null;
  return {
    value: Number(row['voices'] ?? 0),
    usual: Number(row['voices_previous'] ?? 0),
    until: new Date(nowMs).toISOString().slice(11, 16),
    where: question.where,
    usual_where: voicesBefore(question, answer.previous, row) ?? [],
  };
}

/** A source that spoke in one of the weeks only makes them hard to compare, and says so. */
const FEW = 30;
async function caveatsFor(ctx: Context, viewer: Viewer, question: Question): Promise<readonly Names[]> {
  const answer = await ask(ctx, viewer, question);
  return answer.rows.flatMap((row): readonly Names[] => {
    const [value, previous] = [Number(row['voices'] ?? 0), Number(row['voices_previous'] ?? 0)];
    const names = answer.labels['source']?.[String(row['source'])] ?? { zh: String(row['source']), en: String(row['source']) };
    if (value === 0 && previous >= FEW)
      return [
        {
          zh: `来源“${names.zh}”本期没有数据（上期 ${previous} 条），可能还没有导入。`,
          en: `The source “${names.en}” has no voice in this period (${previous} before): perhaps it is not imported yet.`,
        },
      ];
    if (previous === 0 && value >= FEW)
      return [
        {
          zh: `来源“${names.zh}”是新的（${value} 条，上期没有），上升有一部分来自它。`,
          en: `The source “${names.en}” is new (${value} voices, none before) and accounts for part of the rise.`,
        },
      ];
    return [];
  });
}

/** For those who may read voices but no statistics: how many they themselves heard. */
export async function ownVoices(ctx: Context, viewer: Viewer): Promise<OwnVoices> {
  const today = new Date(wallMsOf(ctx.clock.nowMs(), ctx.config.timeZone)).toISOString().slice(0, 10);
  const weeks = weeksOf(today, [today]);
  const [where, previousWhere] = [weeks.now, weeks.before].map((period): readonly Filter[] => [{ field: 'said_at', ...period }]) as [
    readonly Filter[],
    readonly Filter[],
  ];
  const [now, before] = await Promise.all([where, previousWhere].map((one) => searchVoices(ctx, viewer, one, { limit: 0 })));
  return {
    weeks,
    figure: { measure: 'voices', value: now?.count ?? 0, previous: before?.count ?? 0, where, previous_where: previousWhere, spark: [] },
  };
}
