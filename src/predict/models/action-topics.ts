import { takeRows } from '../../maths/features.ts';
import type { ActionEffect, ActionTopic } from '../../model/complaint-odds.ts';
import { actionEffect, ALIKE, type Treated } from './action-effects.ts';

/** Grievances of a topic from which its share of treated ones says whether the action is taken there at all. */
const LEAST = 20;

/**
 * The effect of an action over the topics where it is taken, and not on everybody, with what it did in each. Elsewhere nobody is alike:
 * a bill that was explained tells nothing of a grievance about coverage, however the models of both would go on beyond what was seen.
 */
export function effectByTopic(kind: string, all: Treated, topics: readonly (string | null)[]): ActionEffect {
  const parts = [...Map.groupBy(topics.keys(), (row) => topics[row] ?? null)].flatMap(([topic, rows]) =>
    topic === null ? [] : [partOf(topic, all, rows)],
  );
  const taken = parts.filter(({ isTaken }) => isTaken).flatMap(({ rows }) => rows);
  if (taken.length === 0) return { ...nobodyAlike(kind, all), topics: parts.map(({ told }) => told) };
  const pooled = actionEffect(
    kind,
    within(
      all,
      taken.toSorted((a, b) => a - b),
    ),
  );
  return { ...pooled, topics: parts.map(({ rows, told, isTaken }) => (isTaken ? { ...told, ...judged(kind, all, rows) } : told)) };
}

interface Part {
  readonly rows: readonly number[];
  readonly isTaken: boolean;
  readonly told: ActionTopic;
}

const NOTHING = { effect: 0, low: -1, high: 1 };

function partOf(topic: string, { treated }: Treated, rows: readonly number[]): Part {
  const withIt = rows.reduce((sum, row) => sum + (treated[row] ?? 0), 0);
  const share = withIt / rows.length;
  return {
    rows,
    isTaken: rows.length >= LEAST && share >= ALIKE && share <= 1 - ALIKE,
    told: { topic, treated: withIt, untreated: rows.length - withIt, ...NOTHING, verdict: 'no-overlap' },
  };
}

function judged(kind: string, all: Treated, rows: readonly number[]): Pick<ActionTopic, 'effect' | 'low' | 'high' | 'verdict'> {
  const { effect, low, high, verdict } = actionEffect(kind, within(all, rows));
  return { effect, low, high, verdict };
}

/** The counts of all grievances, without an effect. */
function nobodyAlike(kind: string, all: Treated): ActionEffect {
  const found = actionEffect(kind, all);
  return { ...found, ...NOTHING, overlap: 0, verdict: found.verdict === 'too-few' ? 'too-few' : 'no-overlap' };
}

function within({ table, treated, complained, groups }: Treated, rows: readonly number[]): Treated {
  return {
    table: takeRows(table, rows),
    treated: Uint8Array.from(rows, (row) => treated[row] ?? 0),
    complained: Uint8Array.from(rows, (row) => complained[row] ?? 0),
    groups: Int32Array.from(rows, (row) => groups[row] ?? 0),
  };
}
