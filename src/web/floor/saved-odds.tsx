import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { VoiceHandling } from '../../model/complaint-odds.ts';
import type { Recorded } from '../../model/recording.ts';
import { useNameOf } from '../kit/locale.ts';
import { levelOfVoice } from '../predict/levels-calls.ts';
import { voiceHandling, voiceOdds } from '../predict/models/calls.ts';
import { Help } from '../predict/models/handling-part.tsx';
import { useOddsInterval } from '../predict/models/odds-words.tsx';

/** So many actions are named: the agent is on to the next customer soon. */
const NAMED = 2;

/** How likely the grievance that was just recorded becomes a complaint, its level, and what would lower it; its level alone where no model scores. */
export function SavedOdds({ saved: { voice, kind } }: { readonly saved: Recorded }) {
  const { t } = useTranslation();
  const interval = useOddsInterval();
  const isGrievance = kind === 'grievance';
  const odds = useQuery({ queryKey: ['odds', voice], queryFn: () => voiceOdds(voice), enabled: isGrievance }).data?.odds ?? null;
  const level =
    useQuery({ queryKey: ['levels', 'voice', voice], queryFn: () => levelOfVoice(voice), enabled: isGrievance }).data?.graded ?? null;
  const handling = useQuery({ queryKey: ['handling', voice], queryFn: () => voiceHandling(voice), enabled: odds !== null }).data;
  const graded =
    level === null ? null : (
      <strong className={level.level >= 4 ? 'state needs full' : 'state'}>{t('levels.level', { level: level.level })}</strong>
    );
  if (odds === null) return graded;
  return (
    <div className="stack">
      <span title={t('odds.intervalHelp')}>
        {t('odds.inDrawerWords', {
          p30: interval(odds.p30, odds.p30_low, odds.p30_high),
          p7: interval(odds.p7, odds.p7_low, odds.p7_high),
        })}{' '}
        {graded}
      </span>
      {handling === undefined ? null : <WouldLower handling={handling} />}
    </div>
  );
}

function WouldLower({ handling: { helps, kinds } }: { readonly handling: VoiceHandling }) {
  const nameOf = useNameOf();
  const most = helps.toSorted((a, b) => a.effect - b.effect).slice(0, NAMED);
  return most.map((help) => {
    const action = kinds.find(({ kind }) => kind === help.kind);
    return (
      <span key={help.kind}>
        <Help help={help} name={action === undefined ? help.kind : nameOf(action.names)} />
      </span>
    );
  });
}
