import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { SegmentsView } from '../../model/segment-views.ts';
import { percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { openRun, useRunKeys } from './segments-api.ts';

/** The month that is shown, and a new run for those who may. */
export function RunKeys({ view }: { readonly view: SegmentsView | undefined }) {
  const { t } = useTranslation();
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const { start } = useRunKeys();
  const [month, setMonth] = useState<string | null>(null);
  if (view === undefined) return null;
  const done = view.runs.filter((run) => run.state === 'done');
  const show = (run: string): void =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      next.set('run', run);
      return next;
    });
  return (
    <>
      {done.length < 2 ? null : (
        <Select
          aria-label={t('segments.month')}
          value={params.get('run') ?? view.run?.id ?? ''}
          style={{ minWidth: 128 }}
          options={done.map((run) => ({ value: run.id, label: run.month }))}
          onChange={show}
        />
      )}
      {may('segments.run') ? (
        <>
          <Select
            aria-label={t('segments.runHelp')}
            value={month ?? ''}
            style={{ minWidth: 128 }}
            options={[
              { value: '', label: t('segments.runNow') },
              ...monthsBefore(new Date(), 12).map((value) => ({ value, label: value })),
            ]}
            onChange={(value: string) => setMonth(value === '' ? null : value)}
          />
          <Button
            type="primary"
            title={t('segments.runNote')}
            loading={start.isPending}
            disabled={openRun(view) !== undefined}
            onClick={() => start.mutate(month)}
          >
            {t('segments.run')}
          </Button>
        </>
      ) : null}
      {start.error === null ? null : <ProblemView error={start.error} />}
    </>
  );
}

function monthsBefore(now: Date, many: number): readonly string[] {
  return Array.from({ length: many }, (_, i) => new Date(Date.UTC(now.getFullYear(), now.getMonth() - 1 - i, 1)).toISOString().slice(0, 7));
}

/** How far a run is, and how the last one ended where it did not end well. */
export function RunState({ view }: { readonly view: SegmentsView | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const { cancel } = useRunKeys();
  if (view === undefined) return null;
  const open = openRun(view);
  if (open !== undefined)
    return (
      <div className="note row" role="status">
        <span>{open.state === 'queued' ? t('segments.queued') : t('segments.running', { share: percent(open.progress, locale, 0) })}</span>
        <progress value={open.progress} max={1} aria-label={t('segments.running', { share: percent(open.progress, locale, 0) })} />
        {may('segments.run') ? (
          <button type="button" className="key" onClick={() => cancel.mutate(open.id)}>
            {t('segments.cancelRun')}
          </button>
        ) : null}
        {cancel.error === null ? null : <ProblemView error={cancel.error} />}
      </div>
    );
  const [last] = view.runs;
  if (last?.state === 'failed') return <div className="note alert">{t('segments.failed', { error: last.error ?? '' })}</div>;
  if (last?.state === 'cancelled') return <div className="note">{t('segments.cancelled')}</div>;
  return null;
}
