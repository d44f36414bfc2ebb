import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Answered } from '../../kit/answered.tsx';
import { voiceOdds } from './calls.ts';
import { HandlingPart } from './handling-part.tsx';
import './models.css';
import { Reasons, useOddsInterval } from './odds-words.tsx';

/** In the drawer of a grievance: how likely a complaint is, how sure, and why. */
export function VoiceOddsPart({ id, kind }: { readonly id: number; readonly kind: string }) {
  const { t } = useTranslation();
  const interval = useOddsInterval();
  const isGrievance = kind === 'grievance' || kind === 'fault';
  const query = useQuery({ queryKey: ['odds', id], queryFn: () => voiceOdds(id), enabled: isGrievance });
  if (!isGrievance) return null;
  return (
    <>
      <section className="stack">
        <h2>{t('odds.inDrawer')}</h2>
        <Answered query={query} rows={2}>
          {({ odds }) =>
            odds === null ? (
              <p className="faint">{t('odds.inDrawerNone')}</p>
            ) : (
              <>
                <p title={t('odds.intervalHelp')}>
                  {t('odds.inDrawerWords', {
                    p30: interval(odds.p30, odds.p30_low, odds.p30_high),
                    p7: interval(odds.p7, odds.p7_low, odds.p7_high),
                  })}
                </p>
                <Reasons factors={odds.factors} />
                <p className="faint">{t('odds.whyNote')}</p>
              </>
            )
          }
        </Answered>
      </section>
      <HandlingPart id={id} />
    </>
  );
}
