import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Agreement } from '../../model/agreement.ts';
import type { Locale } from '../i18n/index.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { decimal, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { When } from '../kit/when.tsx';
import { CategoryTable, CoderTable } from './agreement-tables.tsx';
import { CodingView } from './coding-view.tsx';
import { DrawSample } from './draw-sample.tsx';
import { agreement, codingQueue } from './floor-calls.ts';
import './floor.css';

const two = (value: number | null, locale: Locale): string => (value === null ? '–' : decimal(value, 2, locale));

/** Do those who record judge alike: results in words first, and the queue of who codes a second time. */
export function AgreementPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [params] = useSearchParams();
  const queue = useQuery({ queryKey: ['agreement', 'queue'], queryFn: codingQueue, enabled: may('voices.record') });
  const tab = params.get('tab') === 'queue' && may('voices.record') ? 'queue' : 'results';
  const query = useQuery({
    queryKey: ['agreement', 'results', params.get('sample')],
    queryFn: () => agreement(params.get('sample')),
    enabled: tab === 'results',
  });
  return (
    <div className="page">
      <Head found={tab === 'results' ? query.data : undefined} waiting={tab === 'queue' ? queue.data?.waiting : undefined} />
      <Tabs
        label={t('agreement.title')}
        now={tab}
        tabs={[
          { name: 'results', title: t('agreement.results'), to: '?' },
          ...(may('voices.record')
            ? [{ name: 'queue', title: t('agreement.queue'), to: '?tab=queue', count: queue.data?.waiting ?? null }]
            : []),
        ]}
      />
      {tab === 'queue' ? (
        <Answered query={queue}>{(found) => <CodingView queue={found} />}</Answered>
      ) : (
        <Answered query={query}>{(found) => <Results found={found} />}</Answered>
      )}
    </div>
  );
}

function Head({ found, waiting }: { readonly found: Agreement | undefined; readonly waiting: number | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (found === undefined)
    return (
      <PageHead
        name={t('agreement.title')}
        help={{ doc: 'department' }}
        words={
          waiting === undefined
            ? t('agreement.title')
            : waiting === 0
              ? t('agreement.waitingNone')
              : t('agreement.waiting', { count: waiting })
        }
      />
    );
  const { leaf, top } = found;
  const figures = {
    units: leaf.units,
    min: found.min_n,
    alpha: two(leaf.alpha, locale),
    low: two(leaf.low, locale),
    high: two(leaf.high, locale),
  };
  const under = t('agreement.under', {
    units: leaf.units,
    observed: leaf.observed === null ? '–' : percent(leaf.observed, locale),
    top: two(top.alpha, locale),
  });
  return (
    <PageHead name={t('agreement.title')} words={t(`agreement.words.${leaf.verdict}`, figures)} {...(leaf.units === 0 ? {} : { under })} />
  );
}

function Results({ found }: { readonly found: Agreement }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const train = [...found.agents, ...found.units].filter((one) => one.verdict === 'train').map((one) => one.name);
  return (
    <>
      {found.leaf.units === 0 ? (
        <Empty why={t('agreement.empty')} next={t('agreement.emptyNext')} />
      ) : (
        <>
          <p className={train.length === 0 ? 'note' : 'note warn'}>
            {train.length === 0 ? t('agreement.trainNone') : t('agreement.train', { names: train.join(locale === 'zh' ? '、' : ', ') })}
          </p>
          <CategoryTable rows={found.categories} />
          <CoderTable title={t('agreement.agents')} rows={found.agents} />
          <CoderTable title={t('agreement.units')} rows={found.units} />
          <p className="faint">{t('agreement.caveat')}</p>
        </>
      )}
      <DrawSample />
      <Samples found={found} />
    </>
  );
}

function Samples({ found }: { readonly found: Agreement }) {
  const { t } = useTranslation();
  if (found.samples.length === 0) return null;
  return (
    <section className="panel pad stack">
      <h2>{t('agreement.samples')}</h2>
      {found.sample === null ? null : <Link to="?">{t('agreement.allSamples')}</Link>}
      <ul className="plain-list tight">
        {found.samples.map((one) => (
          <li key={one.id} className="row between">
            <Link to={`?sample=${encodeURIComponent(one.id)}`} {...(one.id === found.sample ? { 'aria-current': true } : {})}>
              <When at={one.from} /> – <When at={one.before} /> · {one.by}
            </Link>
            <span className="faint">{t('agreement.sampleCoded', { coded: one.coded, size: one.size })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
