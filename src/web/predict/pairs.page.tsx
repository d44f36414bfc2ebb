import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import type { TFunction } from 'i18next';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { PairRow, PairsView } from '../../model/pair-views.ts';
import '../analyse/analyse.css';
import { Answered } from '../kit/answered.tsx';
import { DataTable } from '../kit/data-table.tsx';
import { Empty } from '../kit/empty.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';
import { ProblemView } from '../kit/problem-view.tsx';
import { SavedViews } from '../kit/saved-views.tsx';
import { SchemeSelect, schemeChosen } from '../kit/scheme-select.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { useParam, withParams } from '../kit/url-state.ts';
import { When } from '../kit/when.tsx';
import { dayIn } from '../kit/zone.ts';
import { KeyPairs } from './key-pairs.tsx';
import { PairCaveats } from './pair-caveats.tsx';
import { usePairColumns } from './pair-columns.tsx';
import { PairLook } from './pair-look.tsx';
import { PairMatrix } from './pair-matrix.tsx';
import { pairs, type PairsAsked } from './pairs-api.ts';
import './pairs.css';
import { keyPairs, ofSegment, type PairsState, pairsStateIn, pairText, WINDOWS } from './pairs-view.ts';
import { usePairSentence, useSegmentName } from './pair-words.ts';
import { isUnassigned, RunState, type Start, useFirstStart, useStart } from './run-state.tsx';

const LOOK_AGAIN_MS = 1200;
/** Nobody is in a segment yet; perhaps customers are being put into them now. */
const LOOK_LATER_MS = 15_000;

const isOpen = (view: PairsView | undefined): boolean => view !== undefined && view.open !== null;

const keyOf = ({ window, scheme }: PairsAsked) => ['pairs', window, scheme] as const;

function usePairs(asked: PairsAsked) {
  return useQuery({
    queryKey: keyOf(asked),
    queryFn: () => pairs(asked),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      isOpen(data) ? LOOK_AGAIN_MS : data !== undefined && isUnassigned(data) ? LOOK_LATER_MS : false,
  });
}

/** Which grievance leads to which complaint: in words, as a matrix, one pair closely, and all of them as a list. */
export function PairsPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const state = pairsStateIn(params);
  const query = usePairs(state);
  const view = query.isPlaceholderData ? undefined : query.data;
  const start = useStart(state);
  useFirstStart(view, state, start);
  return (
    <div className="page">
      <PageHead
        name={t('nav.pairs')}
        help={{ doc: 'analyst', topics: ['complaints', 'customers'] }}
        words={<Words view={view} />}
        under={view === undefined || view.done === null ? undefined : <Base view={view} />}
      >
        <SavedViews page="pairs" />
        <Keys window={state.window} start={start} busy={isOpen(view)} computed={view !== undefined && view.done !== null} />
      </PageHead>
      <div className="row">
        <SchemeSelect
          scheme={state.scheme}
          onChoose={(scheme) => {
            start.reset();
            setParams((old) => schemeChosen(old, scheme, ['segment', 'cursor', 'after']));
          }}
        />
        <Placed view={view} />
      </div>
      {start.error === null ? null : <ProblemView error={start.error} />}
      <Answered query={query} rows={12}>
        {(found) => (
          <>
            <RunState view={found} />
            {found.done === null ? <NotYet view={found} start={start} /> : <Filled view={found} />}
          </>
        )}
      </Answered>
    </div>
  );
}

const notYet = (t: TFunction, { scheme }: PairsView): string =>
  scheme === 'rules' ? t('pairs.notYetWords') : t('pairs.notYetBy', { scheme: t(`segments.scheme.${scheme}`) });

/** The strongest pair of the segment in one sentence. */
function Words({ view }: { readonly view: PairsView | undefined }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const state = pairsStateIn(params);
  const sentenceOf = usePairSentence(view?.segments ?? [], state.window);
  if (view === undefined) return t('nav.pairs');
  if (view.done === null) return notYet(t, view);
  const { more, fewer } = keyPairs(ofSegment(view.pairs, state.segment));
  const first = more[0] ?? fewer[0];
  if (first === undefined) return t('pairs.noneWords');
  return `${t('pairs.countWords', { count: more.length + fewer.length })}${sentenceOf(first)}`;
}

function Base({ view }: { readonly view: PairsView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { summary, done } = view;
  if (summary === null || done === null || done.finished_at === null) return null;
  const text = t('pairs.base', {
    from: summary.from,
    before: summary.before,
    customers: count(summary.customers, locale),
    grievances: count(summary.grievances, locale),
    complaints: count(summary.complaints, locale),
    at: '\u0000',
    run: done.run,
  });
  const [head, tail] = text.split('\u0000');
  return (
    <>
      {head}
      <When at={done.finished_at} />
      {tail}
    </>
  );
}

/** Until when who is in which segment goes, and that it follows from behaviour, too. */
function Placed({ view }: { readonly view: PairsView | undefined }) {
  const { t } = useTranslation();
  const at = view?.summary?.segments_as_of;
  return at === undefined ? null : <span className="faint">{t('pairs.placed', { day: dayIn(new Date(at)) })}</span>;
}

interface Keys {
  readonly window: number;
  readonly start: Start;
  readonly busy: boolean;
  readonly computed: boolean;
}

function Keys({ window, start, busy, computed }: Keys) {
  const { t } = useTranslation();
  const [, setWindow] = useParam('window');
  return (
    <>
      <Select
        aria-label={t('pairs.window')}
        value={window}
        style={{ width: 104 }}
        options={WINDOWS.map((days) => ({ value: days, label: t('pairs.days', { value: days }) }))}
        onChange={(days: number) => {
          start.reset();
          setWindow(days === 7 ? null : String(days));
        }}
      />
      {computed ? (
        <Button loading={start.isPending} disabled={busy} onClick={() => start.mutate()}>
          {t('pairs.again')}
        </Button>
      ) : null}
    </>
  );
}

function NotYet({ view, start }: { readonly view: PairsView; readonly start: Start }) {
  const { t } = useTranslation();
  if (isUnassigned(view))
    return (
      <div className="panel">
        <Empty why={t('pairs.nobodyIn', { scheme: t(`segments.scheme.${view.scheme}`) })} next={t('pairs.nobodyInNext')}>
          <Link to="/segments">{t('nav.segments')}</Link>
        </Empty>
      </div>
    );
  return (
    <div className="panel">
      <Empty why={notYet(t, view)} next={t('pairs.emptyNext', { least: 5 })}>
        {view.open !== null ? null : (
          <Button type="primary" loading={start.isPending} onClick={() => start.mutate()}>
            {t('pairs.compute')}
          </Button>
        )}
      </Empty>
    </div>
  );
}

function Filled({ view }: { readonly view: PairsView }) {
  const [params] = useSearchParams();
  const state = pairsStateIn(params);
  const rows = useMemo(() => ofSegment(view.pairs, state.segment), [view.pairs, state.segment]);
  const key = keyPairs(rows);
  const asked = state.pair === null ? undefined : pairText(state.pair);
  const row = asked === undefined ? (key.more[0] ?? key.fewer[0]) : rows.find((one) => pairText(one) === asked);
  return (
    <>
      <SegmentTabs view={view} now={state.segment} />
      <KeyPairs view={view} rows={rows} days={state.window} />
      <PairMatrix rows={rows} every={state.every} chosen={row === undefined ? null : pairText(row)} />
      {row === undefined || view.done === null ? null : <PairLook view={view} row={row} run={view.done.run} days={state.window} />}
      <PairList state={state} view={view} />
      {view.summary === null ? null : <PairCaveats summary={view.summary} scheme={view.scheme} segment={state.segment} />}
    </>
  );
}

function SegmentTabs({ view, now }: { readonly view: PairsView; readonly now: string }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const nameOf = useSegmentName(view.segments);
  const families = view.summary?.families ?? [];
  return (
    <Tabs
      label={t('pairs.segment')}
      now={now}
      tabs={['', ...view.segments.map(({ id }) => id)].map((segment) => ({
        name: segment,
        title: nameOf(segment),
        to: withParams(params, { segment: segment === '' ? null : segment, cursor: null, after: null }),
        count: families.find((family) => (family.segment ?? '') === segment)?.significant ?? null,
      }))}
    />
  );
}

function PairList({ state, view }: { readonly state: PairsState; readonly view: PairsView }) {
  const { t } = useTranslation();
  const { segment, window, scheme } = state;
  const nameOf = useSegmentName(view.segments);
  const columns = usePairColumns();
  const listed = useCallback(
    (found: PairsView) => {
      const rows: readonly PairRow[] = ofSegment(found.pairs, segment).toSorted(
        (a, b) => Number(b.significant) - Number(a.significant) || Math.abs(Math.log(b.shrunk)) - Math.abs(Math.log(a.shrunk)),
      );
      return { rows, next: null, count: rows.length };
    },
    [segment],
  );
  const query = useQuery({ queryKey: keyOf(state), queryFn: () => pairs({ window, scheme }), select: listed, enabled: false });
  const more = useCallback(async () => listed(view), [listed, view]);
  const title = t('pairs.list');
  return (
    <DataTable
      name="pairs"
      title={`${t('nav.pairs')} · ${title}`}
      columns={columns}
      keyOf={pairText}
      query={query}
      more={more}
      filters={[`${t(`segments.scheme.${scheme}`)} · ${nameOf(segment)}`, t('pairs.days', { value: window })]}
      empty={<Empty why={t('pairs.emptyList')} next={t('pairs.emptyNext', { least: view.summary?.min_expected ?? 5 })} />}
    />
  );
}
