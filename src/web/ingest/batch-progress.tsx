import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { importStep } from '../api/calls.ts';
import type { BatchView } from '../../model/import-views.ts';
import { count, duration } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';

const PHASES = ['checking', 'queued', 'running', 'undoing'] as const;

/** Real progress while it runs: the phase, share of the file, rows, rate, time left; and the way to stop. */
export function BatchProgress({ batch }: { readonly batch: BatchView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const phase = PHASES.find((one) => one === batch.state);
  if (phase === undefined) return null;
  const undone = batch.undo === null || batch.undo.rows === 0 ? 0 : batch.undo.gone / batch.undo.rows;
  const percent = phase === 'undoing' ? Math.min(100, Math.round(undone * 100)) : Math.min(100, batch.percent ?? 0);
  const parts =
    phase === 'undoing'
      ? [
          `${percent} %`,
          t('imports.undoneRows', { gone: count(batch.undo?.gone ?? 0, locale), rows: count(batch.undo?.rows ?? 0, locale) }),
        ]
      : [
          `${percent} %`,
          t('imports.doneRows', { done: count(batch.rows_done, locale) }),
          batch.rows_per_second === null || batch.rows_per_second === 0
            ? ''
            : t('imports.rate', { rows: count(batch.rows_per_second, locale) }),
          batch.seconds_left === null ? '' : t('imports.left', { time: duration(Math.max(1, batch.seconds_left / 60), locale) }),
        ].filter((part) => part !== '');
  return (
    <section className="panel pad stack wide">
      <strong>{t(`imports.phase.${phase}`)}</strong>
      <div
        className="meter"
        role="progressbar"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={t(`states.batch.${phase}`)}
      >
        <i style={{ width: `${percent}%` }} />
      </div>
      <div className="row between">
        <span>{parts.join(' · ')}</span>
        {phase === 'undoing' ? null : <Stop batch={batch} />}
      </div>
      <span className="faint">{t('imports.survive')}</span>
    </section>
  );
}

function Stop({ batch }: { readonly batch: BatchView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const cancel = useOnce({
    mutationFn: () => importStep(batch, 'cancel'),
    onSettled: () => cache.invalidateQueries({ queryKey: ['imports'] }),
  });
  return (
    <>
      <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate()}>
        {t('imports.cancel')}
      </Button>
      {cancel.error === null ? null : <ProblemView error={cancel.error} />}
    </>
  );
}
