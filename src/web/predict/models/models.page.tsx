import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OddsPage, TrainingEnd, TrainingView } from '../../../model/complaint-odds.ts';
import { Answered } from '../../kit/answered.tsx';
import { Empty } from '../../kit/empty.tsx';
import { count, decimal, fullMoment, percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useMay } from '../../kit/me.ts';
import { PageHead } from '../../kit/page-head.tsx';
import { ProblemView } from '../../kit/problem-view.tsx';
import { useOnce } from '../../kit/use-once.ts';
import { oddsPage, stopTraining, trainModel } from './calls.ts';
import { CardPart, FactorsPart } from './card-part.tsx';
import './models.css';
import { HelpsPart } from './helps-part.tsx';
import { ReliabilityPlot } from './reliability-plot.tsx';
import { TopPart } from './top-part.tsx';
import { DriftPart, VersionsPart } from './versions-part.tsx';

const LOOK_AGAIN_MS = 4000;

export function ModelsPage() {
  const query = useQuery({
    queryKey: ['odds', 'page'],
    queryFn: oddsPage,
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.training !== null ? LOOK_AGAIN_MS : false),
  });
  return <Answered query={query}>{(page) => <Page page={page} />}</Answered>;
}

function Page({ page }: { readonly page: OddsPage }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const { champion, versions } = page;
  const month = champion?.month;
  const last = page.last_training;
  // A version that came since, from the command line too, makes it history.
  const failed = last?.state === 'failed' && !versions.some((one) => one.trained_at > last.finished_at) ? last : null;
  const words =
    month === undefined
      ? t(versions.some(({ why }) => why === 'no-signal') ? 'odds.wordsNoSignal' : 'odds.wordsNone')
      : month.verdict === 'weak'
        ? t('odds.wordsWeak')
        : t('odds.words', { lift: decimal(month.lift_top_decile, 1, locale) });
  const under =
    month === undefined
      ? undefined
      : t('odds.under', { rows: count(month.held_out, locale), share: percent(month.positives / month.held_out, locale) });
  return (
    <div className="page stack wide">
      <PageHead name={t('odds.title')} words={words} under={under} help={{ doc: 'analyst', topics: ['complaints', 'customers'] }}>
        {may('reader.train') ? <TrainKey training={page.training} /> : null}
      </PageHead>
      {page.training === null && failed !== null ? <Failed last={failed} /> : null}
      {month === undefined ? (
        <div className="panel">
          <Empty
            why={page.training === null ? words : t('odds.learning')}
            next={t(page.training === null ? 'odds.emptyHelp' : 'odds.learningHelp')}
          />
        </div>
      ) : (
        <>
          {may('voices.read') ? <TopPart /> : null}
          <div className="odds-grid">
            <section className="panel pad stack">
              <h2>{t('odds.reliability')}</h2>
              <ReliabilityPlot bins={month.reliability} />
            </section>
            <FactorsPart card={month} />
            <HelpsPart helps={page.helps} />
            <CardPart card={month} />
            <DriftPart drift={page.drift} large={page.large} />
          </div>
        </>
      )}
      {versions.length === 0 ? null : <VersionsPart versions={versions} />}
    </div>
  );
}

function Failed({ last }: { readonly last: TrainingEnd }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const known = last.error === 'too-few' || last.error === 'ended-early' ? t(`odds.failure.${last.error}`) : (last.error ?? '');
  return (
    <p className="note warn" role="status">
      {t('odds.failed', { when: fullMoment(last.finished_at, locale), why: known })}
    </p>
  );
}

function TrainKey({ training }: { readonly training: TrainingView | null }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ['odds'] });
  const train = useOnce({ mutationFn: trainModel, onSuccess });
  const stop = useOnce({ mutationFn: stopTraining, onSuccess });
  return (
    <>
      <Button onClick={() => train.mutate()} loading={training !== null || train.isPending} title={t('odds.trainHelp')}>
        {training === null ? t('odds.train') : t('odds.training', { share: percent(training.progress, locale, 0) })}
      </Button>
      {training === null ? null : (
        <Button onClick={() => stop.mutate()} loading={stop.isPending}>
          {t('odds.stopTraining')}
        </Button>
      )}
      {[train.error, stop.error].map((error, i) => (error === null ? null : <ProblemView key={i} error={error} />))}
    </>
  );
}
