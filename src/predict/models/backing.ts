import type { ActionEffect, ActionTrial } from '../../model/complaint-odds.ts';

/** An experiment over the whole province whose main metric is complaints: the handling action that it was registered for, and what came of it. */
export interface ComplaintTrial extends ActionTrial {
  readonly action: string;
}

/**
 * Marks the actions that an experiment stands behind: it was registered for that action before it started, customers were drawn by lot as
 * intended, and its interval is on the same side of zero. All others stay associations. The newest such experiment counts. What its name
 * or strategy says does not: “no call back” names the call back, too.
 */
export function backedBy(helps: readonly ActionEffect[], trials: readonly ComplaintTrial[]): readonly ActionEffect[] {
  return helps.map((help) => {
    const trial = trials.find((one) => one.action === help.kind && sameSide(one, help));
    if (trial === undefined) return help;
    const { action: _action, ...shown } = trial;
    return { ...help, ground: 'experiment', trial: shown };
  });
}

const sameSide = (trial: ComplaintTrial, help: ActionEffect): boolean =>
  help.verdict === 'lowers' ? trial.high < 0 : help.verdict === 'raises' && trial.low > 0;
