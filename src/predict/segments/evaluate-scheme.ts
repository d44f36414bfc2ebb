import type { FeatureTable } from '../../maths/features.ts';
import type { SchemeId } from '../../model/segment-views.ts';
import type { ClusterModel } from './centroid-space.ts';
import { type ClusterReport, type ClusterSettings, clustersOf, FEWEST_CUSTOMERS, type KnownClusters } from './clusters.ts';
import { type Reason, type SignId, shareByChance, temperamentJudge, usualShares } from './temperament.ts';
import { type UsageBounds, usageBounds, usageGroups } from './usage-groups.ts';

/** Where a scheme puts each customer of a table, and what it went by. */
export interface Evaluated {
  /** By row; null: in no segment. */
  readonly segments: readonly (string | null)[];
  /** By row, for schemes that give reasons. */
  readonly why: ((row: number) => readonly Reason[]) | null;
  /** Customers in no segment, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  readonly report: SchemeReport;
  readonly model: ClusterModel | null;
}
export type SchemeReport =
  | { readonly kind: 'rules' }
  | { readonly kind: 'temperament'; readonly usual: Readonly<Record<SignId, number>>; readonly told: number; readonly byChance: number }
  | { readonly kind: 'clusters'; readonly figures: ClusterReport }
  | { readonly kind: 'usage'; readonly bounds: UsageBounds }
  | { readonly kind: 'none'; readonly because: 'too-few-customers' | 'no-usage' };

export interface SchemeTask {
  readonly scheme: SchemeId;
  readonly clusters: ClusterSettings;
  readonly known: KnownClusters;
}

/** Undefined: stopped. */
export function evaluateScheme(
  task: SchemeTask,
  table: FeatureTable,
  byRule: readonly string[],
  onProgress: (share: number) => boolean,
): Evaluated | undefined {
  switch (task.scheme) {
    case 'rules':
      return counted(
        byRule.map((segment) => (segment === '' ? 'no-rule' : { segment })),
        { kind: 'rules' },
      );
    case 'temperament':
      return temperaments(table);
    case 'usage':
      return usage(table);
    case 'clusters':
      return clusters(task, table, onProgress);
  }
}

/** A segment, or the reason why there is none. */
type Verdict = { readonly segment: string; readonly why?: readonly Reason[] } | string;

function counted(verdicts: readonly Verdict[], report: SchemeReport, model: ClusterModel | null = null): Evaluated {
  const leftOut: Record<string, number> = {};
  const segments = verdicts.map((verdict) => {
    if (typeof verdict !== 'string') return verdict.segment;
    leftOut[verdict] = (leftOut[verdict] ?? 0) + 1;
    return null;
  });
  const why = (row: number): readonly Reason[] => {
    const verdict = verdicts[row];
    return verdict === undefined || typeof verdict === 'string' ? [] : (verdict.why ?? []);
  };
  return { segments, why: report.kind === 'temperament' ? why : null, leftOut, report, model };
}

function temperaments(table: FeatureTable): Evaluated {
  const usual = usualShares(table);
  const judge = temperamentJudge(table, usual);
  const verdicts = Array.from({ length: table.rows }, (_, row): Verdict => {
    const judged = judge(row);
    return judged.kind === 'type' ? { segment: judged.type, why: judged.reasons } : judged.kind;
  });
  const enough = verdicts.filter((verdict) => verdict !== 'too-few').length;
  const told = enough === 0 ? 0 : verdicts.filter((verdict) => typeof verdict !== 'string').length / enough;
  return counted(verdicts, { kind: 'temperament', usual, told, byChance: shareByChance(table, usual, 1) });
}

function usage(table: FeatureTable): Evaluated {
  const bounds = usageBounds(table);
  const groupOf = usageGroups(table, bounds);
  const verdicts = Array.from({ length: table.rows }, (_, row): Verdict => {
    const segment = groupOf(row);
    return segment === null ? 'no-usage' : { segment };
  });
  const isUnknown = verdicts.every((verdict) => typeof verdict === 'string');
  return counted(verdicts, isUnknown ? { kind: 'none', because: 'no-usage' } : { kind: 'usage', bounds });
}

function clusters(task: SchemeTask, table: FeatureTable, onProgress: (share: number) => boolean): Evaluated | undefined {
  if (table.rows < FEWEST_CUSTOMERS)
    return counted(
      Array.from({ length: table.rows }, () => 'too-few-customers'),
      { kind: 'none', because: 'too-few-customers' },
    );
  const found = clustersOf(table, task.clusters, task.known, onProgress);
  if (found === undefined) return undefined;
  return counted(
    found.labels.map((segment) => ({ segment })),
    { kind: 'clusters', figures: found.report },
    found.model,
  );
}
