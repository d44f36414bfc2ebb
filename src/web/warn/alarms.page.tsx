import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { acknowledgeAlarm, alarmCounts, alarms, rules } from '../api/calls.ts';
import type { AlarmCount, AlarmRow } from '../../model/alarm-views.ts';
import { AskReason } from '../kit/ask-reason.tsx';
import { DataTable } from '../kit/data-table.tsx';
import type { BatchAction, BatchResult } from '../kit/data-table.tsx';
import { Empty } from '../kit/empty.tsx';
import { count } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { SavedViews } from '../kit/saved-views.tsx';
import { usePageSize } from '../kit/table-paging.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { useOnce } from '../kit/use-once.ts';
import { useParam, withParams } from '../kit/url-state.ts';
import { AlarmDrawer } from './alarm-drawer.tsx';
import { useAlarmColumns } from './alarm-columns.tsx';
import { AlarmQuery, useAlarmFilterWords } from './alarm-query.tsx';
import { ALARM_FILTERS, countOf, narrowingOf, questionOf, tabIn, TABS, worstFirst } from './alarm-tabs.ts';
import type { Tab } from './alarm-tabs.ts';
import { Severities } from './severities.tsx';

function useAlarms(tab: Tab) {
  const [params] = useSearchParams();
  const [cursor, limit] = [params.get('cursor'), usePageSize()];
  const text = JSON.stringify(questionOf(tab, params, new Date()));
  const more = useCallback((at: string | null, most: number) => alarms({ ...JSON.parse(text), cursor: at, limit: most }), [text]);
  // What is open is read as a whole where it can be: the worst stands first, not the newest.
  const most = tab === 'now' ? 200 : limit;
  const query = useQuery({
    queryKey: ['alarms', 'list', text, cursor, most],
    queryFn: () => more(cursor, most),
    placeholderData: keepPreviousData,
  });
  return { query, more };
}

export function AlarmsPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const tab = tabIn(params);
  const narrowing = narrowingOf(params, new Date());
  const counts = useQuery({
    queryKey: ['alarms', 'counts', JSON.stringify(narrowing)],
    queryFn: () => alarmCounts(narrowing),
    placeholderData: keepPreviousData,
  }).data?.counts;
  const [opened, open] = useParam('alarm');
  const { query, more } = useAlarms(tab);
  const openRow = useCallback((row: AlarmRow) => open(row.id), [open]);
  const columns = useAlarmColumns(tab, openRow);
  const [batch, sheet] = useBatch(tab);
  const ids = useMemo(() => {
    const rows = query.data?.rows ?? [];
    return (tab === 'now' ? worstFirst(rows) : rows).map((row) => row.id);
  }, [query.data, tab]);
  return (
    <div className="page">
      <PageHead name={t('nav.alarms')} words={<Words counts={counts} />} help={{ doc: 'department', topics: ['voices'] }}>
        <SavedViews page="alarms" />
        <Link to="/alarms/rules">{t('alarms.rules')}</Link>
      </PageHead>
      {counts === undefined ? null : <Severities counts={counts} />}
      <Tabs
        label={t('alarms.tabsLabel')}
        now={tab}
        tabs={TABS.map((name) => ({
          name,
          title: t(`alarms.tab.${name}`),
          to: withParams(params, { tab: name === 'now' ? null : name, cursor: null, after: null, alarm: null, evidence: null, sort: null }),
          count: countOf(counts, name),
          needs: name === 'firing',
        }))}
      />
      <AlarmQuery />
      <OnlyRule />
      <DataTable
        name={`alarms-${tab}`}
        title={`${t('nav.alarms')} · ${t(`alarms.tab.${tab}`)}`}
        columns={columns}
        keyOf={keyOf}
        query={query}
        more={more}
        {...(tab === 'now' ? { arrange: worstFirst } : {})}
        filters={[t(`alarms.tab.${tab}`), ...useAlarmFilterWords()]}
        batch={batch}
        onOpen={openRow}
        opened={opened}
        empty={<NoAlarms tab={tab} />}
      />
      <AlarmDrawer id={opened} ids={ids} onOpen={open} onClose={() => open(null)} />
      {sheet}
    </div>
  );
}

const keyOf = (row: AlarmRow): string => row.id;

/** The alarms of one rule, when its page sent us here. */
function OnlyRule() {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const may = useMay();
  const [of, setOf] = useParam('of');
  const found = useQuery({ queryKey: ['rules'], queryFn: rules, enabled: of !== null && may('rules.read') }).data?.rows;
  if (of === null) return null;
  const rule = found?.find((one) => one.id === of);
  return (
    <div className="row">
      <span className="chip">
        <span>{t('alarms.ruleOf', { rule: rule === undefined ? of : nameOf(rule.names) })}</span>
        <button type="button" aria-label={t('alarms.allRules')} onClick={() => setOf(null)}>
          ×
        </button>
      </span>
    </div>
  );
}

/** Several firing alarms acknowledged with one reason; what somebody else was faster with is counted and left. */
function useBatch(tab: Tab): readonly [readonly BatchAction<AlarmRow>[], React.ReactNode] {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const [asking, setAsking] = useState<{ readonly rows: readonly AlarmRow[]; readonly done: (result: BatchResult | null) => void } | null>(
    null,
  );
  const acknowledge = useOnce({
    mutationFn: async ({ rows, reason }: { readonly rows: readonly AlarmRow[]; readonly reason: string }): Promise<BatchResult> => {
      let left = 0;
      for (const row of rows) await acknowledgeAlarm(row, reason).catch(() => left++);
      const done = rows.length - left;
      return { said: left === 0 ? t('alarms.batchDone', { count: done }) : t('alarms.batchSome', { done, left }), left };
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['alarms'] }),
  });
  if (tab !== 'firing' || !may('alarms.acknowledge')) return [[], null];
  const end = (result: BatchResult | null): void => {
    asking?.done(result);
    setAsking(null);
  };
  const run = (rows: readonly AlarmRow[]): Promise<BatchResult | null> => new Promise((done) => setAsking({ rows, done }));
  const sheet = (
    <AskReason
      open={asking !== null}
      title={t('alarms.batchAcknowledge')}
      help={t('alarms.acknowledgeHelp')}
      submit={t('alarms.acknowledge')}
      busy={acknowledge.isPending}
      error={acknowledge.error}
      onSubmit={(reason) => acknowledge.mutate({ rows: asking?.rows ?? [], reason }, { onSuccess: end })}
      onClose={() => {
        if (!acknowledge.isPending) end(null);
      }}
    />
  );
  return [[{ name: 'acknowledge', label: t('alarms.batchAcknowledge'), run }], sheet];
}

function Words({ counts }: { readonly counts: readonly AlarmCount[] | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (counts === undefined) return t('nav.alarms');
  const firing = countOf(counts, 'firing') ?? 0;
  const acknowledged = countOf(counts, 'acknowledged') ?? 0;
  const critical = counts.filter((one) => one.state === 'firing' && one.severity === 'critical').reduce((sum, one) => sum + one.count, 0);
  const said = [
    firing === 0
      ? t('alarms.wordsCalm')
      : t('alarms.wordsFiring', { count: count(firing, locale) as never, critical: count(critical, locale) }),
    acknowledged === 0 ? '' : t('alarms.wordsAcknowledged', { count: count(acknowledged, locale) as never }),
  ];
  return said.filter((part) => part !== '').join(t('alarms.separator'));
}

function NoAlarms({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation();
  const may = useMay();
  const [params] = useSearchParams();
  const isPast = tab === 'resolved' || tab === 'historical';
  if (ALARM_FILTERS.some((name) => params.has(name))) return <Empty why={t('alarms.noneFits')} next={t('alarms.noneFitsNext')} />;
  return (
    <Empty
      why={t(isPast ? 'alarms.emptyPast' : 'alarms.emptyNow')}
      next={t(tab === 'historical' ? 'alarms.emptyPastNext' : 'alarms.emptyNowNext')}
    >
      {may('rules.read') ? <Link to="/alarms/rules">{t('alarms.toRules')}</Link> : null}
    </Empty>
  );
}
