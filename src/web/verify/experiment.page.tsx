import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { VERDICTS } from '../../model/comparison-words.ts';
import { type CustomerPick, type ExperimentDetail, PICK_FIELDS } from '../../model/experiment.ts';
import { experiment } from '../api/calls.ts';
import { Answered } from '../kit/answered.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';
import { type Labels, useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import './experiment.css';
import { CohortPanel } from './cohort-panel.tsx';
import { ExperimentSteps } from './experiment-steps.tsx';
import { Report } from './report.tsx';

/** Asked of drafts alone. */
const PowerPanel = lazy(async () => ({ default: (await import('./power-panel.tsx')).PowerPanel }));

export function ExperimentPage() {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['experiments', 'one', id], queryFn: () => experiment(id) });
  return (
    <Answered query={query} rows={10}>
      {(found) => <Opened experiment={found.experiment} />}
    </Answered>
  );
}

function Opened({ experiment: shown }: { readonly experiment: ExperimentDetail }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = shown.words === null ? `${shown.name} · ${t('experiments.notYet')}` : shown.words[locale];
  return (
    <div className="page">
      <PageHead name={`${t('nav.experiments')} · ${shown.name}`} words={words} under={shown.strategy} help={{ doc: 'analyst' }}>
        <ExperimentSteps key={shown.id} experiment={shown} />
        {shown.report === null ? null : <Button onClick={() => window.print()}>{t('experiments.print')}</Button>}
      </PageHead>
      {shown.conclusion === null ? null : (
        <p className="note">
          {t('experiments.decided', { decision: t(`experiments.decisions.${shown.conclusion.decision}`), note: shown.conclusion.note })}
        </p>
      )}
      {shown.state === 'draft' ? <CohortPanel key={shown.id} experiment={shown} /> : null}
      {/* Of an outcome that is imported later nothing is known yet: what such a cohort can show is asked by hand. */}
      {shown.state === 'draft' && shown.outlook === null && shown.customers > 0 ? (
        <Suspense fallback={null}>
          <PowerPanel key={shown.customers} customers={shown.customers} />
        </Suspense>
      ) : null}
      {shown.report === null ? null : <Report experiment={shown} report={shown.report} />}
      <Facts experiment={shown} />
    </div>
  );
}

function Facts({ experiment: shown }: { readonly experiment: ExperimentDetail }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const whole = shown.arms.reduce((sum, { share }) => sum + share, 0);
  const cohort = shown.cohort;
  return (
    <section className="panel pad experiment-facts" aria-label={t('experiments.registered')}>
      <h2>{t('experiments.registered')}</h2>
      <dl className="facts">
        <dt>{t('experiments.state')}</dt>
        <dd>
          {t(`experiments.states.${shown.state}`)}
          {shown.verdict === null ? '' : ` · ${VERDICTS[shown.verdict][locale]}`}
        </dd>
        <dt>{t('experiments.unit')}</dt>
        <dd>{shown.unit.names[locale]}</dd>
        <dt>{t('experiments.cohort')}</dt>
        <dd>
          {cohort === null
            ? t('experiments.cohortNone')
            : t('experiments.cohortOf', {
                version: cohort.version,
                count: count(cohort.customers, locale) as never,
                from:
                  cohort.from.kind === 'file'
                    ? cohort.from.name
                    : cohort.from.kind === 'customers'
                      ? pickWords(cohort.from.pick, labels, t)
                      : t('experiments.cohortQuestion'),
              })}
        </dd>
        <dt>{t('experiments.armsShort')}</dt>
        <dd>
          {shown.arms
            .map(({ name, share, offer }) => `${name} ${Math.round((share / whole) * 100)}%${offer === undefined ? '' : `（${offer}）`}`)
            .join(' · ')}
        </dd>
        {shown.metrics.length === 0 ? null : (
          <>
            <dt>{t('experiments.metricsShort')}</dt>
            <dd>
              {shown.metrics
                .map(({ name, source, direction }) =>
                  t('experiments.metricOf', { name, source: t(`experiments.sources.${source}`), direction: t(`experiments.${direction}`) }),
                )
                .join(' · ')}
            </dd>
          </>
        )}
        {shown.action === null ? null : (
          <>
            <dt>{t('experiments.action')}</dt>
            <dd>{labels.value('action', shown.action)}</dd>
          </>
        )}
        {shown.handling.length === 0 ? null : (
          <>
            <dt>{t('experiments.tries')}</dt>
            <dd>
              {shown.handling.map(({ level, tier }) => t('experiments.triesOf', { level, tier: t(`handling.tier.${tier}`) })).join(' · ')}
            </dd>
          </>
        )}
        {shown.strata.length === 0 ? null : (
          <>
            <dt>{t('experiments.strata')}</dt>
            <dd>{shown.strata.map((field) => t(`experiments.fields.${field}`)).join(' · ')}</dd>
          </>
        )}
        {shown.started_at === null ? null : (
          <>
            <dt>{t('experiments.started')}</dt>
            <dd>
              <When at={shown.started_at} />
            </dd>
            <dt>{t('experiments.ends')}</dt>
            <dd>
              <When at={shown.ends_at} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** `客群：商务高价值、…；价值等级：…`; nothing picked: all customers. */
function pickWords(pick: CustomerPick, labels: Labels, t: TFunction): string {
  const parts = PICK_FIELDS.flatMap((field) => {
    const values = pick[field];
    if (values === undefined) return [];
    const named = values.map((value) => (field === 'level' ? value : labels.value(field, value)));
    return [`${t(`experiments.picks.${field}`)} ${named.join('、')}`];
  });
  return parts.length === 0 ? t('experiments.cohortPicked') : parts.join('；');
}
