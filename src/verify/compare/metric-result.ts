import type { Caveat, Verdict } from '../../model/comparison-words.ts';
import { alwaysValidOf, effectOf, isShare, type Sides, sideOf, sizesOf, stratified, varianceOf } from './compare-arms.ts';
import { holm } from '../../maths/many-tests.ts';
import type { Effect, MetricResult, StratumView } from '../../model/comparison.ts';
import { beforeOf } from './before-of.ts';
import type { Laid, LaidMetric } from './lay-out.ts';
import { cellOf } from './outcome-cells.ts';
import { caveatsOfMetric } from './raise-caveats.ts';
import { survivalOf } from './time-strata.ts';

const LEVEL = 0.05;

/** One metric of one treated arm against the control. */
export function metricResult(laid: Laid, metric: LaidMetric, treated: number): MetricResult {
  const sides = (stratum?: number): Sides => ({
    treated: cellOf(metric.kind, metric.values, laid.counts, laid.rowsOf(treated, stratum)),
    control: cellOf(metric.kind, metric.values, laid.counts, laid.rowsOf(0, stratum)),
  });
  const whole = sides();
  const many = laid.strata.names.length > 1;
  const cells = many ? laid.strata.names.map((_, i) => sides(i)) : [];
  const together = many && metric.kind !== 'bare' ? stratified(metric.kind, cells) : null;
  const effect = together?.effect ?? effectOf(metric.kind, whole);
  const variance = metric.kind === 'bare' ? 0 : (together?.variance ?? varianceOf(metric.kind, whole));
  const always = alwaysValidOf(metric.kind, whole, effect.effect, variance);
  const sizes = sizesOf(metric.kind, whole, effect.effect);
  const survives = laid.strata.inTime && isShare(metric.kind) && cells.every(({ treated: t, control: c }) => t.n > 0 && c.n > 0);
  const before = metric === laid.metrics[0] ? beforeOf(laid, metric, treated) : null;
  const caveats: readonly Caveat[] = caveatsOfMetric({ laid, metric, whole, cells, effect, always, agree: together?.agree ?? null });
  return {
    metric: metric.column,
    direction: metric.direction,
    kind: metric.kind,
    treated: sideOf(metric.kind, whole.treated),
    control: sideOf(metric.kind, whole.control),
    ...effect,
    always_valid: always,
    p_adjusted: effect.p,
    q: effect.p,
    detectable: sizes.detectable,
    needed_per_arm: sizes.needed,
    ...(many ? { strata: strataViews(laid, metric.kind, cells) } : {}),
    ...(together?.common === undefined ? {} : { mantel_haenszel: together.common }),
    ...(survives ? { survival: survivalOf(cells, laid.strata.names) } : {}),
    ...(before === null ? {} : { before }),
    finding: findingOf(metric, whole, laid.peeked ? { ...effect, p: always.p } : effect),
    caveats,
  };
}

function strataViews(laid: Laid, kind: LaidMetric['kind'], cells: readonly Sides[]): readonly StratumView[] {
  const effects = cells.map((cell) => effectOf(kind, cell));
  const adjusted = holm(effects.map(({ p }) => p ?? 1));
  return cells.map((cell, i) => ({
    stratum: laid.strata.names[i] ?? '',
    treated: sideOf(kind, cell.treated),
    control: sideOf(kind, cell.control),
    ...(effects[i] as Effect),
    p_adjusted: effects[i]?.p === null ? null : (adjusted[i] ?? null),
  }));
}

export function findingOf(metric: Pick<LaidMetric, 'kind' | 'direction'>, { treated, control }: Sides, effect: Effect): Verdict {
  if (effect.p === null || effect.effect === null || !Number.isFinite(effect.p + effect.effect)) return 'not_enough_data';
  if (isShare(metric.kind) && treated.events + control.events === 0) return 'not_enough_data';
  if (treated.n < 2 || control.n < 2) return 'not_enough_data';
  if (effect.p >= LEVEL) return 'no_difference_found';
  if (metric.direction === null) return 'different';
  return effect.effect > 0 === (metric.direction === 'up') ? 'better' : 'worse';
}
