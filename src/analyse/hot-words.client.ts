import { setImmediate } from 'node:timers/promises';
import type { Against, HotWords } from '../model/hot-words.ts';
import type { Problem } from '../model/problem.ts';
import type { Pack } from '../model/pack.ts';
import type { Filter } from '../model/question.ts';
import type { Viewer } from '../model/people.ts';
import { scopeOf } from '../model/scope.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { selectInTime, warehouseAsOf } from './ask.client.ts';
import { type Binder, type Condition, binder, printConditions, scopeConditions } from './conditions.ts';
import { candidates, countWords, hotWords, wordsOfText } from './hot-words.ts';
import { intersection, readFilters, windowBefore, windowCondition } from './read-filters.ts';

type Ctx = Pick<Context, 'warehouse' | 'config' | 'clock' | 'pack'>;

/** Texts of either side from which candidates are taken; what they are worth is then counted over all voices. */
const SAMPLE = 4000;
/** Texts between two breaths of the event loop: some milliseconds. */
const BATCH = 400;
const MOST_CANDIDATES = 60;

/** Which words the voices of a selection say more often than the others, each with a count that opens exactly its voices. */
export async function hotWordsOf(
  ctx: Ctx,
  viewer: Viewer,
  where: readonly Filter[],
  options: { readonly against?: Against; readonly limit: number },
): Promise<HotWords> {
  const sides = sidesOf(ctx, viewer, where, options.against);
  const asOf = await warehouseAsOf(ctx);
  const words = await candidatesOf(ctx, sides);
  const { counts, voices, rest } = await exactCounts(ctx, sides, words);
  const found = hotWords(counts, voices, rest, options.limit);
  return {
    words: found.map((one) => ({ ...one, where: [...where, { text: one.word }] })),
    voices,
    rest,
    against: sides.against,
    as_of: asOf,
  };
}

interface Sides {
  readonly against: Against;
  /** Print the condition of either side with its own placeholders. */
  readonly chosen: (bind: Binder['bind']) => string;
  readonly rest: (bind: Binder['bind']) => string;
}

function sidesOf(ctx: Ctx, viewer: Viewer, where: readonly Filter[], asked: Against | undefined): Sides {
  const { conditions, windows, problems } = readFilters(where);
  const period = intersection(windows, ctx.config.timeZone);
  const against = asked ?? (conditions.length === 0 ? 'before' : 'rest');
  const missing: readonly Problem[] =
    against === 'before' && period.from === null ? [{ code: 'field-required', column: 'where.said_at.from' }] : [];
  if (problems.length + missing.length > 0) throw new Refusal('question-invalid', {}, [...problems, ...missing]);
  const scope = scopeConditions(scopeOf(viewer));
  const within = windows.flatMap(windowCondition);
  const print = (list: readonly Condition[]) => (bind: Binder['bind']) => printConditions(list, ctx.warehouse.dialect, bind);
  const chosen = print([...scope, ...within, ...conditions]);
  if (against === 'rest' || period.from === null) {
    const rest = (bind: Binder['bind']): string =>
      `${print([...scope, ...within])(bind)} and not coalesce(${print(conditions)(bind)}, false)`;
    return { against, chosen, rest };
  }
  const { window } = windowBefore({ ...period, from: period.from }, 'previous', ctx.clock.nowMs(), ctx.config.timeZone);
  return { against, chosen, rest: print([...scope, ...conditions, ...windowCondition(window)]) };
}

interface Counted {
  readonly counts: Map<string, number>;
  texts: number;
}

async function candidatesOf(ctx: Ctx, sides: Sides): Promise<readonly string[]> {
  const values = binder(ctx.warehouse.dialect);
  // A fixed shuffle of the ids, so that the same question finds the same words.
  const some = (side: 0 | 1, condition: string): string =>
    `(select ${side} as side, text_masked as text from voice_rows where ${condition} order by (id % 1000003) * 7919 % 1000003, id limit ${SAMPLE})`;
  const sql = `${some(1, sides.chosen(values.bind))} union all ${some(0, sides.rest(values.bind))}`;
  const rows = await selectInTime(ctx, sql, values.params);
  const counted: readonly [Counted, Counted] = [
    { counts: new Map<string, number>(), texts: 0 },
    { counts: new Map<string, number>(), texts: 0 },
  ];
  const known = knownWords(ctx.pack);
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  for (const [i, row] of rows.entries()) {
    const side = counted[Number(row['side']) === 1 ? 1 : 0];
    countWords(side.counts, wordsOfText(String(row['text'] ?? ''), known, segmenter));
    side.texts++;
    if (i % BATCH === BATCH - 1) await setImmediate();
  }
  return candidates(counted[1], counted[0], MOST_CANDIDATES);
}

/** Words of the trade, which no general dictionary cuts right: 光猫, 宽带. */
function knownWords(pack: Pack): ReadonlySet<string> {
  const words = [
    ...pack.terms.flatMap((term) => [term.term, ...(term.with ?? [])]),
    ...pack.synonyms.flatMap((synonym) => [synonym.word, ...synonym.variants]),
    ...pack.dictionary,
  ];
  return new Set(words.filter((word) => word.length >= 2));
}

async function exactCounts(ctx: Ctx, sides: Sides, words: readonly string[]) {
  const { dialect } = ctx.warehouse;
  const values = binder(dialect);
  const side = (condition: (bind: Binder['bind']) => string): string => {
    const has = words.map((word, i) => {
      const contains = printConditions([{ kind: 'contains', column: 'text_masked', word }], dialect, values.bind);
      return `count(*) filter (where ${contains}) as w${i}`;
    });
    return `select ${['count(*) as n', ...has].join(', ')} from voice_rows where ${condition(values.bind)}`;
  };
  const [chosen, rest] = await selectInTime(ctx, `(${side(sides.chosen)}) union all (${side(sides.rest)})`, values.params);
  const count = (row: typeof chosen, name: string): number => Number(row?.[name] ?? 0);
  return {
    counts: words.map((word, i) => ({ word, voices: count(chosen, `w${i}`), rest: count(rest, `w${i}`) })),
    voices: count(chosen, 'n'),
    rest: count(rest, 'n'),
  };
}
