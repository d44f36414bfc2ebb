import type { ScopeFilter } from '../model/scope.ts';
import type { Context } from '../platform/context.ts';
import type { Warehouse } from '../platform/warehouse/warehouse.ts';
import { binder, printConditions, scopeConditions } from './conditions.ts';
import { markOf } from './marks.client.ts';

interface WordsOfRows {
  readonly sources: readonly string[];
  readonly attributes: readonly string[];
}
interface Kept {
  readonly mark: string;
  readonly words: Promise<WordsOfRows>;
}
/** By scope, as of a mark: every page asks, and both are read from every row in sight. */
const KEPT = new WeakMap<Warehouse, Map<string, Kept>>();
/** Scopes of one product are its cities and units; more than this are not kept. */
const MOST_KEPT = 500;

/**
 * Attribute names and sources of the viewer's own rows: another city's import must not show by its column titles. Kept until the rows
 * move on: the mark is written with them, and read before them, so that what is kept is never older than its mark.
 */
export async function wordsOfRows(ctx: Pick<Context, 'warehouse'>, scope: ScopeFilter): Promise<WordsOfRows> {
  const { tx, afterKey } = await markOf(ctx.warehouse, 'voices');
  const mark = `${tx} ${afterKey}`;
  const kept = KEPT.get(ctx.warehouse) ?? new Map<string, Kept>();
  KEPT.set(ctx.warehouse, kept);
  const name = JSON.stringify(scope);
  const known = kept.get(name);
  if (known !== undefined && known.mark === mark) return known.words;
  if (kept.size >= MOST_KEPT) kept.clear();
  const words = readWordsOfRows(ctx, scope);
  kept.set(name, { mark, words });
  words.catch(() => kept.delete(name));
  return words;
}

/** Rows were taken out, which moves no mark. Call it after that. */
export const forgetWordsOfRows = (warehouse: Warehouse): boolean => KEPT.delete(warehouse);

async function readWordsOfRows(ctx: Pick<Context, 'warehouse'>, scope: ScopeFilter): Promise<WordsOfRows> {
  const { dialect } = ctx.warehouse;
  const values = binder(dialect);
  const where = printConditions(scopeConditions(scope), dialect, values.bind);
  const sources = await ctx.warehouse.select(
    `select distinct source as word from voice_rows where ${where} order by 1 limit 1000`,
    values.params,
  );
  const attributes = await ctx.warehouse.select(
    `select distinct ${dialect.attributeNames('attributes')} as word from voice_rows where ${where} order by 1 limit 500`,
    values.params,
  );
  const words = (rows: typeof sources): readonly string[] => rows.map((row) => String(row['word']));
  return { sources: words(sources), attributes: words(attributes) };
}
