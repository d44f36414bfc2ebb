import type { Pack } from '../model/pack.ts';
import { RECORDED_ACTS, type RecordingDraft } from '../model/recording.ts';

/** The actions of the pack that were done by what was recorded: of a fact, the first action that stands for it with this cause. */
export function recordedActions(
  draft: Pick<RecordingDraft, 'category' | (typeof RECORDED_ACTS)[number]>,
  { handling_actions: actions }: Pick<Pack, 'handling_actions'>,
): readonly string[] {
  return RECORDED_ACTS.filter((fact) => draft[fact]).flatMap((fact) => {
    const action = actions.find(({ recorded_as: recorded }) => recorded?.fact === fact && reaches(recorded.within, draft.category));
    return action === undefined ? [] : [action.code];
  });
}

const reaches = (within: readonly string[], category: string): boolean =>
  within.length === 0 || within.some((above) => category === above || category.startsWith(`${above}/`));
