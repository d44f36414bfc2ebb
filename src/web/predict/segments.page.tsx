import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { SchemeVersion, SegmentsView } from '../../model/segment-views.ts';
import { SCHEME_IDS } from '../../model/segment-views.ts';
import type { Locale } from '../i18n/index.ts';
import '../analyse/analyse.css';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { count, fullMoment, percent, wallTime } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { useIntoView } from '../kit/use-into-view.ts';
import { useParam, withParams } from '../kit/url-state.ts';
import { Members } from './members.tsx';
import { Moves } from './moves.tsx';
import { PreferencesOf } from './preferences-of.tsx';
import { RunKeys, RunState } from './run-keys.tsx';
import { SegmentPanel } from './segment-card.tsx';
import { StabilityOf, ToldOf } from './stability-of.tsx';
import { useSegments } from './segments-api.ts';
import './segments.css';

/** Who the customers are, four ways: by rule, by temperament, as the data falls, by usage. */
export function SegmentsPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const [params] = useSearchParams();
  const scheme = SCHEME_IDS.find((one) => one === params.get('scheme')) ?? 'rules';
  const query = useSegments(scheme, params.get('run'));
  const view = query.data;
  return (
    <div className="page">
      <PageHead
        name={t('nav.segments')}
        help={{ doc: 'analyst', topics: ['customers', 'voices'] }}
        words={view === undefined ? t('nav.segments') : wordsOf(view, t, locale)}
        under={<Under view={view} />}
      >
        <RunKeys view={view} />
      </PageHead>
      <Tabs
        label={t('segments.schemeLabel')}
        now={scheme}
        tabs={SCHEME_IDS.map((name) => ({
          name,
          title: t(`segments.scheme.${name}`),
          to: withParams(params, { scheme: name === 'rules' ? null : name, run: null, segment: null, evidence: null }),
        }))}
      />
      <p className="faint segment-about">{t(`segments.about.${scheme}`)}</p>
      <RunState view={view} />
      <Answered query={query} rows={10}>
        {(found) => <Found view={found} />}
      </Answered>
    </div>
  );
}

function Found({ view }: { readonly view: SegmentsView }) {
  const { t } = useTranslation();
  const may = useMay();
  const [segment, setSegment] = useParam('segment');
  const place = useIntoView(segment);
  if (view.run === null) return <Nothing why={t('segments.wordsNone')} next={t('segments.noneNext')} />;
  if (view.nothing_because !== null)
    return <Nothing why={t(`segments.nothing.${view.nothing_because}`)} next={t(`segments.nothingNext.${view.nothing_because}`)} />;
  if (view.cards.length === 0) return <Nothing why={t('segments.noScope')} next={t('segments.noScopeNext')} />;
  const chosen = view.cards.find((card) => card.id === segment);
  return (
    <>
      {view.stability === null ? null : <StabilityOf figures={view.stability} />}
      {view.told === null ? null : <ToldOf told={view.told} />}
      <section className="block" aria-label={t('segments.cardsTitle')}>
        <h2>{t('segments.cardsTitle')}</h2>
        <div className="segment-cards">
          {view.cards.map((card) => (
            <SegmentPanel key={card.id} card={card} view={view} onMembers={may('voices.read') ? () => setSegment(card.id) : null} />
          ))}
        </div>
      </section>
      {chosen === undefined ? null : <Members key={chosen.id} view={view} card={chosen} place={place} onClose={() => setSegment(null)} />}
      <PreferencesOf view={view} />
      <Moves view={view} />
    </>
  );
}

const Nothing = ({ why, next }: { readonly why: string; readonly next: string }) => (
  <div className="panel">
    <Empty why={why} next={next} />
  </div>
);

function wordsOf(view: SegmentsView, t: TFunction, locale: Locale): string {
  const [largest] = view.cards;
  if (largest === undefined) return t('segments.wordsNone');
  const verdict = view.stability?.verdict;
  const stayed = view.migration?.stayed ?? null;
  return [
    t('segments.wordsLargest', {
      customers: count(view.customers, locale),
      count: view.cards.length,
      name: largest.names[locale],
      share: percent(largest.share, locale, 0),
    }),
    ...(verdict === 'not-stable' ? [t('segments.wordsUnstable')] : verdict === 'single-columns' ? [t('segments.wordsSingle')] : []),
    ...(stayed === null ? [] : [t('segments.wordsStayed', { share: percent(stayed, locale, 0) })]),
  ].join(t('segments.separator'));
}

/** By which version of the scheme the run went, and since when the one of now holds. */
function versionWords(version: number, now: SchemeVersion, t: TFunction): string {
  const since = wallTime(now.since).slice(0, 10);
  return version === now.version
    ? t('segments.version', { version, since })
    : t('segments.versionOld', { version, now: now.version, since });
}

/** Up to when, by which definition, and who is in no segment. */
function Under({ view }: { readonly view: SegmentsView | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (view?.run === null || view === undefined) return null;
  const out = Object.entries(view.left_out).map(([because, customers]) =>
    t(`segments.because.${because as 'undecided'}`, { n: count(customers, locale) }),
  );
  return (
    <>
      {t('segments.asOf', { at: fullMoment(view.run.as_of, locale) })}
      {view.definition === null ? '' : ` · ${versionWords(view.run.scheme_version, view.definition, t)}`}
      {out.length === 0 ? '' : ` · ${t('segments.leftOut', { list: out.join(locale === 'zh' ? '、' : ', ') })}`}
    </>
  );
}
