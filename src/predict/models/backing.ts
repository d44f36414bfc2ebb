import type { ActionEffect, ActionTrial } from '../../model/complaint-odds.ts';
import type { Pack } from '../../model/pack.ts';

/** An experiment over the whole province whose main metric is complaints: what it did, in words, and what came of it. */
export interface ComplaintTrial extends ActionTrial {
  readonly strategy: string;
}

type Actions = readonly Pick<Pack['handling_actions'][number], 'code' | 'names' | 'words'>[];

/**
 * Marks the actions that an experiment stands behind: its name or strategy names the action by code, name or another word of the pack, customers
 * were drawn by lot as intended, and its interval is on the same side of zero. All others stay associations. The newest such experiment counts.
 */
export function backedBy(helps: readonly ActionEffect[], trials: readonly ComplaintTrial[], actions: Actions): readonly ActionEffect[] {
  return helps.map((help) => {
    const action = actions.find(({ code }) => code === help.kind);
    const words = action === undefined ? [help.kind] : [action.code, action.names.zh, action.names.en, ...action.words];
    const trial = trials.find((one) => names(one, words) && sameSide(one, help));
    if (trial === undefined) return help;
    const { strategy: _strategy, ...shown } = trial;
    return { ...help, ground: 'experiment', trial: shown };
  });
}

const names = ({ name, strategy }: ComplaintTrial, words: readonly string[]): boolean => {
  const text = `${name} ${strategy}`.toLowerCase();
  return words.some((word) => text.includes(word.toLowerCase()));
};

const sameSide = (trial: ComplaintTrial, help: ActionEffect): boolean =>
  help.verdict === 'lowers' ? trial.high < 0 : help.verdict === 'raises' && trial.low > 0;
