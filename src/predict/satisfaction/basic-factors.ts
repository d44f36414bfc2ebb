import { pearson } from '../../maths/correlation.ts';
import type { DesignColumn } from './driver-design.ts';

/** Two columns that say one thing: of them the basic one was kept. */
export interface Kept {
  readonly kept: string;
  readonly dropped: string;
  readonly r: number;
  /** declared: somebody named the basic one; same: equal in every row; general: the kept one goes with more of the others. */
  readonly why: 'declared' | 'same' | 'general';
}

export interface BasicRule {
  readonly basic: string;
  readonly symptom: string;
}

/** From here on two columns say one thing. A declared pair of cause and symptom is parted earlier. */
const ALIKE = 0.85;
const DECLARED = 0.3;

/**
 * Of strongly correlated factors the basic one stays: the network fault, not “cannot log on”, although the latter stands nearer to the
 * score. Which one is basic is declared (by the pack or by `--basic`); undeclared, the one that goes with more of the other columns.
 */
export function withoutSymptoms(
  columns: readonly DesignColumn[],
  rules: readonly BasicRule[],
  basics: readonly string[],
): { readonly columns: readonly DesignColumn[]; readonly kept: readonly Kept[] } {
  const gone = new Set<DesignColumn>();
  const kept: Kept[] = [];
  const weight = new Map(
    columns.map((column) => [column, columns.reduce((sum, other) => sum + Math.abs(pearson(column.values, other.values) ?? 0), 0)]),
  );
  columns.forEach((a, i) => {
    for (const b of columns.slice(i + 1)) {
      if (gone.has(a) || gone.has(b) || a.of === b.of) continue;
      const r = pearson(a.values, b.values) ?? 0;
      const declared = Math.abs(r) >= DECLARED ? declaredBasic(a, b, rules, basics) : null;
      if (declared === null && Math.abs(r) < ALIKE) continue;
      const stays = declared ?? ((weight.get(b) ?? 0) > (weight.get(a) ?? 0) + 1e-9 ? b : a);
      const goes = stays === a ? b : a;
      gone.add(goes);
      kept.push({
        kept: nameOf(stays),
        dropped: nameOf(goes),
        r,
        why: declared === null ? (Math.abs(r) > 0.9999 ? 'same' : 'general') : 'declared',
      });
    }
  });
  return { columns: columns.filter((column) => !gone.has(column)), kept };
}

const nameOf = (column: DesignColumn): string => (column.level === null ? column.of : `${column.of} = ${column.level}`);

function declaredBasic(a: DesignColumn, b: DesignColumn, rules: readonly BasicRule[], basics: readonly string[]): DesignColumn | null {
  const [isA, isB] = [basics.includes(a.of), basics.includes(b.of)];
  if (isA !== isB) return isA ? a : b;
  if (rules.some((rule) => a.of.includes(rule.basic) && b.of.includes(rule.symptom))) return a;
  if (rules.some((rule) => b.of.includes(rule.basic) && a.of.includes(rule.symptom))) return b;
  return null;
}
