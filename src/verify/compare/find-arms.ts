import type { Problem } from '../../model/problem.ts';
import type { CompareAsk } from './compare-ask.ts';
import { columnOf, type TrialTable } from './trial-table.ts';

export interface Arms {
  /** Control first, then the treated ones in the order of their first row. */
  readonly names: readonly string[];
  /** Place of each row's arm in `names`; −1: blank. */
  readonly codes: Int32Array;
  readonly blank: number;
}

const SAYS_CONTROL =
  /^(control|ctrl|对照|对照组|控制组|常规|常规组|基线|baseline|placebo|holdout|no\b.*|none|无|不.*|0|false|否)$|control|对照/i;
const MOST = 50;

export function findArms(table: TrialTable, ask: Pick<CompareAsk, 'arm' | 'control'>): { arms: Arms } | { problems: readonly Problem[] } {
  const cells = columnOf(table, ask.arm).map((cell) => (cell ?? '').trim());
  const found = [...new Set(cells)].filter((name) => name !== '');
  const told = found
    .slice(0, MOST)
    .map((name) => `“${name}”`)
    .join(', ');
  if (found.length < 2) return wrong({ code: 'trial-arms-too-few', column: ask.arm, params: { arms: told, count: found.length } });
  if (found.length > MOST) return wrong({ code: 'trial-arms-too-many', column: ask.arm, params: { count: found.length, limit: MOST } });
  const control = controlAmong(found, ask.control?.trim());
  if (control === null)
    return wrong(
      ask.control === undefined
        ? { code: 'trial-control-unclear', column: ask.arm, params: { arms: told } }
        : { code: 'trial-control-unknown', column: ask.arm, params: { value: ask.control, arms: told } },
    );
  const names = [control, ...found.filter((name) => name !== control)];
  const places = new Map(names.map((name, i) => [name, i]));
  const codes = Int32Array.from(cells, (cell) => places.get(cell) ?? -1);
  return { arms: { names, codes, blank: cells.filter((cell) => cell === '').length } };
}

/** The value given, or the only one whose name says that it is the control. */
function controlAmong(found: readonly string[], given: string | undefined): string | null {
  if (given !== undefined)
    return found.find((name) => name === given) ?? found.find((name) => name.toLowerCase() === given.toLowerCase()) ?? null;
  const likely = found.filter((name) => SAYS_CONTROL.test(name));
  return likely.length === 1 ? (likely[0] ?? null) : null;
}

const wrong = (problem: Problem): { problems: readonly Problem[] } => ({ problems: [problem] });

/** Shares in the order of the arms. null: not one for each arm. */
export function expectedOf(arms: Arms, expected: CompareAsk['expected']): readonly number[] | null {
  if (expected === undefined) return arms.names.map(() => 1);
  if (Array.isArray(expected)) return expected.length === arms.names.length ? (expected as readonly number[]) : null;
  // Cells are trimmed, too.
  const named = Object.fromEntries(Object.entries(expected).map(([name, share]): [string, number | undefined] => [name.trim(), share]));
  const shares = arms.names.map((name) => named[name]);
  if (shares.some((share) => share === undefined) || Object.keys(named).length !== arms.names.length) return null;
  return shares as readonly number[];
}
