import { useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision, ExperimentDetail } from '../../model/experiment.ts';
import { experimentFile, experimentStep, lookAtExperiment } from '../api/calls.ts';
import { AskReason } from '../kit/ask-reason.tsx';
import { useMay } from '../kit/me.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { LeftOut } from './cohort-panel.tsx';
import { FileKey } from './file-key.tsx';

/** Fetched when somebody first ends one. */
const DecisionSelect = lazy(async () => ({ default: (await import('./decision-select.tsx')).DecisionSelect }));

/** What can be done with it next; one evaluated from a table has run its course. */
export function ExperimentSteps({ experiment }: { readonly experiment: ExperimentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const [asking, ask] = useState<'stop' | 'conclude' | null>(null);
  const [decision, decide] = useState<Decision>('adopt');
  const onSuccess = async () => {
    ask(null);
    await cache.invalidateQueries({ queryKey: ['experiments'] });
  };
  const start = useOnce({ mutationFn: () => experimentStep(experiment, 'start'), onSuccess });
  const look = useOnce({ mutationFn: () => lookAtExperiment(experiment.id), onSuccess });
  const stop = useOnce({ mutationFn: (reason: string) => experimentStep(experiment, 'stop', { reason }), onSuccess });
  const conclude = useOnce({ mutationFn: (note: string) => experimentStep(experiment, 'conclude', { decision, note }), onSuccess });
  const outcomes = useOnce({
    mutationFn: ({ file, metric }: { file: File; metric: string }) => experimentFile(experiment, 'outcomes', file, { metric }),
    onSuccess,
  });
  if (!may('experiments.write') || experiment.origin === 'table' || experiment.state === 'concluded') return null;
  const error = start.error ?? look.error ?? outcomes.error;
  return (
    <>
      {experiment.state === 'draft' ? (
        <Popconfirm
          title={t('experiments.startHelp')}
          okText={t('experiments.start')}
          cancelText={t('common.cancel')}
          onConfirm={() => start.mutate()}
        >
          <Button type="primary" disabled={experiment.cohort === null || experiment.cohort.customers === 0} loading={start.isPending}>
            {t('experiments.start')}
          </Button>
        </Popconfirm>
      ) : (
        <>
          {experiment.metrics
            .filter(({ source }) => source === 'outcome')
            .map(({ name }) => (
              <FileKey
                key={name}
                label={t('experiments.outcomes', { metric: name })}
                busy={outcomes.isPending}
                onFile={(file) => outcomes.mutate({ file, metric: name })}
              />
            ))}
          <Button loading={look.isPending} onClick={() => look.mutate()}>
            {t('experiments.look')}
          </Button>
          {experiment.state === 'running' ? <Button onClick={() => ask('stop')}>{t('experiments.stop')}</Button> : null}
          {experiment.state === 'stopped' ? (
            <Button type="primary" onClick={() => ask('conclude')}>
              {t('experiments.conclude')}
            </Button>
          ) : null}
        </>
      )}
      <Suspense fallback={null}>
        {asking === 'stop' ? (
          <AskReason
            open
            title={t('experiments.stopTitle')}
            submit={t('experiments.stop')}
            busy={stop.isPending}
            error={stop.error}
            onSubmit={(reason) => stop.mutate(reason)}
            onClose={() => {
              stop.reset();
              ask(null);
            }}
          />
        ) : null}
        {asking === 'conclude' ? (
          <AskReason
            open
            title={t('experiments.conclude')}
            submit={t('experiments.conclude')}
            busy={conclude.isPending}
            error={conclude.error}
            onSubmit={(note) => conclude.mutate(note)}
            onClose={() => {
              conclude.reset();
              ask(null);
            }}
          >
            <DecisionSelect decision={decision} onChange={decide} />
          </AskReason>
        ) : null}
      </Suspense>
      <LeftOut problems={outcomes.data?.problems ?? []} />
      {error === null ? null : <ProblemView error={error} />}
    </>
  );
}
