import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LevelReason } from '../../model/levels.ts';
import { EFFECTS } from '../../model/recording.ts';
import { TEMPERAMENTS } from '../../model/segment.ts';
import { decimal, duration } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { When } from '../kit/when.tsx';
import { levelOfVoice } from './levels-calls.ts';

const GRADED: readonly string[] = ['grievance', 'fault'];

/** The level of one grievance with the facts that give it, beside the voice. */
export function LevelNote({ id, kind }: { readonly id: number; readonly kind: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const isGraded = GRADED.includes(kind);
  const graded = useQuery({ queryKey: ['levels', 'voice', id], queryFn: () => levelOfVoice(id), enabled: isGraded }).data?.graded ?? null;
  const fact = useFact();
  if (!isGraded || graded === null) return null;
  return (
    <section className="stack">
      <h2>{t('levels.ofVoice')}</h2>
      <div className="row">
        <strong className={graded.level >= 4 ? 'state needs full' : 'state'}>{t('levels.level', { level: graded.level })}</strong>
        <span className="faint">
          {t(`levels.meaning.${graded.level}`)} · {t('levels.score', { score: decimal(graded.score, 2, locale) })} · {t('levels.asOf')}{' '}
          <When at={graded.at} />
        </span>
      </div>
      <dl className="facts">
        {graded.reasons.map((reason) => (
          <div key={reason.indicator} style={{ display: 'contents' }}>
            <dt>{t(`levels.indicator.${reason.indicator}`)}</dt>
            <dd>
              {t('levels.points', { value: reason.value })} <span className="faint">{fact(reason)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function useFact(): (reason: LevelReason) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  return ({ indicator, fact, ground }) => {
    if (fact === null) return t('levels.unknown');
    const temperament = TEMPERAMENTS.find((one) => one.id === fact);
    if (temperament !== undefined) return nameOf(temperament.names);
    const effect = EFFECTS.find((one) => one === fact);
    if (effect !== undefined) return t(`record.effectValue.${effect}`);
    if (fact === 'solved' || fact === 'unsolved') return t(`levels.fact.${fact}`);
    if (indicator === 'association' && ground === 'pairs') return t('levels.fact.byPairs', { value: decimal(Number(fact), 2, locale) });
    if (indicator === 'duration') return t('levels.fact.duration', { value: duration(Number(fact) * 60, locale) });
    return t(`levels.fact.${indicator}`, { value: indicator === 'association' ? decimal(Number(fact), 2, locale) : String(fact) });
  };
}
