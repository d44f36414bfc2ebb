import { zOf } from './proportions.ts';
import type { AtRisk } from './survival.ts';

/**
 * Discrete-time survival: the complementary log–log of each span's hazard is a level of the span plus a shift of the treated, so exp(shift)
 * is the ratio of the hazards in continuous time (Prentice and Gloeckler 1978). Fitted by Newton's method on grouped counts. null where a
 * side has no event.
 */
export function commonHazard(
  treated: readonly AtRisk[],
  control: readonly AtRisk[],
  confidence = 0.95,
): { readonly ratio: number; readonly low: number; readonly high: number } | null {
  const spans = treated.flatMap((one, t) => {
    const other = control[t];
    const events = one.events + (other?.events ?? 0);
    return other === undefined || one.atRisk === 0 || other.atRisk === 0 || events === 0 ? [] : [{ treated: one, control: other }];
  });
  const sum = (side: 'treated' | 'control'): number => spans.reduce((all, span) => all + span[side].events, 0);
  if (sum('treated') === 0 || sum('control') === 0) return null;
  const levels = spans.map(({ treated: t, control: c }) =>
    Math.log(-Math.log1p(-Math.min(0.999, (t.events + c.events) / (t.atRisk + c.atRisk)))),
  );
  let [shift, information] = [0, 1];
  for (let step = 0; step < 50; step++) {
    const scores = spans.map(
      (span, t) => [scoreOf(span.treated, (levels[t] as number) + shift), scoreOf(span.control, levels[t] as number)] as const,
    );
    // The spans' levels are solved for inside: the information of the shift is what they leave over.
    let slope = 0;
    information = 0;
    for (const [[st, it], [sc, ic]] of scores) {
      slope += st - (it * (st + sc)) / (it + ic);
      information += (it * ic) / (it + ic);
    }
    const change = Math.max(-1, Math.min(1, slope / information));
    scores.forEach(([[st, it], [sc, ic]], t) => (levels[t] = (levels[t] as number) + (st + sc - it * change) / (it + ic)));
    shift += change;
    if (Math.abs(change) < 1e-10) break;
  }
  const half = zOf(confidence) / Math.sqrt(information);
  return { ratio: Math.exp(shift), low: Math.exp(shift - half), high: Math.exp(shift + half) };
}

/** Slope and expected curvature of the log likelihood of one span in its linear predictor. */
function scoreOf({ atRisk, events }: AtRisk, predictor: number): readonly [number, number] {
  const rate = Math.exp(predictor);
  const hazard = -Math.expm1(-rate);
  const derivative = rate * Math.exp(-rate);
  const variance = hazard * (1 - hazard);
  return [((events - atRisk * hazard) * derivative) / variance, (atRisk * derivative * derivative) / variance];
}
