import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Effect, type EffectDue, EFFECTS } from '../../model/recording.ts';
import { Answered } from '../kit/answered.tsx';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { effectsDue, noteEffect } from './floor-calls.ts';

/** Did it help? Recordings of some days ago, each with the answers as keys. */
export function EffectsDue() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['record', 'effects'], queryFn: effectsDue });
  return (
    <section className="panel pad stack" aria-label={t('record.effectsDue')}>
      <h2>{t('record.effectsDue')}</h2>
      <Answered query={query} rows={2}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="faint">{t('record.effectsNone')}</p>
          ) : (
            <ul className="plain-list tight">
              {rows.map((row) => (
                <Due key={row.voice} row={row} />
              ))}
            </ul>
          )
        }
      </Answered>
    </section>
  );
}

function Due({ row }: { readonly row: EffectDue }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const cache = useQueryClient();
  const note = useOnce({
    mutationFn: (effect: Effect) => noteEffect(row.voice, effect),
    onSuccess: (answer) => cache.setQueryData(['record', 'effects'], answer),
  });
  return (
    <li className="stack" style={{ gap: 4 }}>
      <span className="row between">
        <Link to={`/voices?period=all&voice=${row.voice}`}>{labels.value('category', row.category)}</Link>
        <When at={row.recorded_at} />
      </span>
      <span className="faint">{row.text}</span>
      <span className="faint">
        {t('record.effectWas', { effect: t(`record.effectValue.${row.effect}`), solution: row.solution ?? '–' })}
      </span>
      <div className="row" role="group" aria-label={t('record.effectNow')}>
        {EFFECTS.map((effect) => (
          <Button key={effect} size="small" disabled={note.isPending} onClick={() => note.mutate(effect)}>
            {t(`record.effectValue.${effect}`)}
          </Button>
        ))}
      </div>
      {note.error === null ? null : <ProblemView error={note.error} />}
    </li>
  );
}
