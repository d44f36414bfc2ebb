import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExperimentDetail } from '../../model/experiment.ts';
import type { Problem } from '../../model/problem.ts';
import { experimentFile, experimentStep } from '../api/calls.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { withPeriod } from '../kit/periods.ts';
import { ProblemView, useProblemText } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { difference, level } from './effect-figures.ts';
import { FileKey } from './file-key.tsx';

/** Its selects weigh as much as the page; only drafts need them. */
const PickCustomers = lazy(async () => ({ default: (await import('./pick-customers.tsx')).PickCustomers }));

/** A draft's customers: chosen by what they said, or by a file, without any SQL; and what so many could show. */
export function CohortPanel({ experiment }: { readonly experiment: ExperimentDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const locale = useLocale();
  const cache = useQueryClient();
  const done = () => cache.invalidateQueries({ queryKey: ['experiments'] });
  const question = useOnce({
    mutationFn: () => experimentStep(experiment, 'cohort', { where: withPeriod([], '90d', new Date()) }),
    onSuccess: done,
  });
  const file = useOnce({ mutationFn: (chosen: File) => experimentFile(experiment, 'cohort', chosen), onSuccess: done });
  const { outlook } = experiment;
  const share = outlook?.kind === 'share';
  return (
    <section className="panel pad stack" aria-label={t('experiments.cohort')}>
      <h2>{t('experiments.cohort')}</h2>
      {outlook === null ? null : (
        <p>
          {t('experiments.outlook', {
            days: experiment.windowDays,
            base: level(outlook.base, share, locale),
            count: count(outlook.customers, locale) as never,
            size: share
              ? t('experiments.points', { value: difference(outlook.detectable, true, locale).slice(1) })
              : difference(outlook.detectable, false, locale).slice(1),
          })}
        </p>
      )}
      {may('experiments.write') ? (
        <Suspense fallback={null}>
          <PickCustomers experiment={experiment} />
        </Suspense>
      ) : null}
      {may('experiments.write') ? (
        <div className="row">
          <Button
            loading={question.isPending}
            onClick={() => {
              file.reset();
              question.mutate();
            }}
          >
            {t('experiments.cohortAll')}
          </Button>
          <FileKey
            label={t('experiments.cohortFile')}
            busy={file.isPending}
            onFile={(chosen) => {
              question.reset();
              file.mutate(chosen);
            }}
          />
        </div>
      ) : null}
      <LeftOut problems={(experiment.cohort?.from.kind === 'file' ? file.data?.problems : undefined) ?? []} />
      {[question.error, file.error].map((error, i) => (error === null ? null : <ProblemView key={i} error={error} />))}
    </section>
  );
}

/** Rows that a file named but that do not count, each kind once. */
export function LeftOut({ problems }: { readonly problems: readonly Problem[] }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  if (problems.length === 0) return null;
  return (
    <div className="note" role="status">
      {t('experiments.problemRows')}
      <ul>
        {problems.map((problem) => (
          <li key={problem.code}>{problemText(problem)}</li>
        ))}
      </ul>
    </div>
  );
}
