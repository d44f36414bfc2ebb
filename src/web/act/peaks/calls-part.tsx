import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { CALL_STATES, type CallList, type CallRow } from '../../../model/peaks.ts';
import { Answered } from '../../kit/answered.tsx';
import { Empty } from '../../kit/empty.tsx';
import { count, decimal, percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { PageHead } from '../../kit/page-head.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { useParam, withParams } from '../../kit/url-state.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { When } from '../../kit/when.tsx';
import { Grid } from '../handling/grid.tsx';
import { CallDrawer } from './call-drawer.tsx';
import { queue } from './calls.ts';

/** Customers above the line, worth most first: take, call by the script, say what came of it. */
export function CallsPart({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const [wanted] = useParam('state');
  const [mine, onlyMine] = useParam('mine');
  const state = CALL_STATES.find((one) => one === wanted) ?? 'waiting';
  const asked = { state, mine: mine === 'true' ? 'true' : null, limit: 100 };
  const query = useQuery({ queryKey: ['peak-calls', asked], queryFn: () => queue(asked) });
  const counts = query.data?.counts;
  const locale = useLocale();
  return (
    <div className="page">
      <PageHead
        name={t('peaks.name')}
        help={{ doc: 'analyst' }}
        words={
          counts === undefined
            ? t('peaks.tab.calls')
            : t('peaks.queueWords', {
                waiting: count(counts.waiting, locale),
                taken: count(counts.taken, locale),
                done: count(counts.done, locale),
              })
        }
      />
      {tabs}
      <div className="row between">
        <Tabs
          label={t('peaks.tab.calls')}
          now={state}
          tabs={CALL_STATES.map((name) => ({
            name,
            title: t(`peaks.state.${name}`),
            to: withParams(params, { tab: 'calls', state: name, call: null }),
            count: counts?.[name] ?? null,
          }))}
        />
        <Checkbox checked={mine === 'true'} onChange={(event) => onlyMine(event.target.checked ? 'true' : null)}>
          {t('peaks.mine')}
        </Checkbox>
      </div>
      <Answered query={query} rows={8}>
        {(found) => <CallsGrid found={found} />}
      </Answered>
      <CallDrawer />
    </div>
  );
}

function CallsGrid({ found }: { readonly found: CallList }) {
  const { t } = useTranslation();
  const titles = [
    { text: t('peaks.customer') },
    { text: t('peaks.why') },
    { text: t('peaks.odds'), number: true },
    { text: t('peaks.worth'), number: true },
    { text: t('peaks.due') },
    { text: t('peaks.specialist') },
    { text: t('peaks.open') },
  ];
  const cellsOf = useCells();
  if (found.rows.length === 0)
    return (
      <div className="panel">
        <Empty why={t('peaks.queueEmpty')} next={t('peaks.queueEmptyNext')} />
      </div>
    );
  return <Grid label={t('peaks.tab.calls')} titles={titles} rows={found.rows.map((row) => ({ key: row.id, cells: cellsOf(row) }))} />;
}

function useCells(): (row: CallRow) => readonly ReactNode[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const [params] = useSearchParams();
  return (row) => [
    <span key="customer" className="stack" style={{ gap: 2 }}>
      <strong>{row.customer}</strong>
      <span className="faint">
        {labels.value('city', row.city)} · {row.segment === null ? t('peaks.noSegment') : labels.value('segment', row.segment)} ·{' '}
        {t(`peaks.tier.${row.tier}`)}
      </span>
    </span>,
    <span key="why" className="stack" style={{ gap: 2 }}>
      <span>
        {labels.value('category', row.category)}
        {row.level === null ? '' : ` · ${t('peaks.level', { level: row.level })}`}
      </span>
      <span className="faint">
        <When at={row.said_at} />
      </span>
    </span>,
    <span key="p" className="nowrap">
      {percent(row.p, locale)}{' '}
      <span className="faint">
        {row.p_from === 'cause' ? t('peaks.byCause') : `${percent(row.p_low, locale, 0)}–${percent(row.p_high, locale, 0)}`}
      </span>
    </span>,
    decimal(row.gain, 1, locale),
    <When key="due" at={row.due_at} />,
    row.specialist?.name ?? (
      <span key="nobody" className="faint">
        {t('peaks.nobody')}
      </span>
    ),
    <Link key="open" aria-label={t('peaks.openOf', { customer: row.customer })} to={withParams(params, { call: row.id })}>
      {t('peaks.open')}
    </Link>,
  ];
}
