import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { importStep } from '../api/calls.ts';
import type { Batch } from '../api/types.ts';
import { count, duration } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';

/** Real progress while it runs: share of the file, rows, rate, time left; and the way to stop. */
export function BatchProgress({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const cancel = useOnce({
    mutationFn: () => importStep(batch, 'cancel'),
    onSettled: () => cache.invalidateQueries({ queryKey: ['imports'] }),
  });
  if (batch.state !== 'checking' && batch.state !== 'queued' && batch.state !== 'running') return null;
  const percent = Math.min(100, batch.percent ?? 0);
  const parts = [
    `${percent} %`,
    t('imports.doneRows', { done: count(batch.rows_done, locale) }),
    batch.rows_per_second === null || batch.rows_per_second === 0 ? '' : t('imports.rate', { rows: count(batch.rows_per_second, locale) }),
    batch.seconds_left === null ? '' : t('imports.left', { time: duration(Math.max(1, batch.seconds_left / 60), locale) }),
  ].filter((p) => p !== '');
  return (
    <section className="panel pad stack">
      <div
        className="meter"
        role="progressbar"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={t(`states.batch.${batch.state}`)}
      >
        <i style={{ width: `${percent}%` }} />
      </div>
      <div className="row between">
        <span>{parts.join(' · ')}</span>
        <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('imports.cancel')}
        </Button>
      </div>
      <span className="faint">{t('imports.survive')}</span>
      {cancel.error === null ? null : <ProblemView error={cancel.error} />}
    </section>
  );
}
