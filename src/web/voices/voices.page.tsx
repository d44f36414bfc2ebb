import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Filter } from '../../model/question.ts';
import { NewOrder } from '../act/new-order.tsx';
import { searchVoices } from '../api/calls.ts';
import { VOICE_SORTS } from '../../model/voice-views.ts';
import type { VoiceRow } from '../../model/voice-views.ts';
import { DataTable } from '../kit/data-table.tsx';
import { Empty } from '../kit/empty.tsx';
import { filterText } from '../kit/filter-bar.tsx';
import { filtersIn, putFilters } from '../kit/filters-url.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { isPeriod, withPeriod } from '../kit/periods.ts';
import type { Period } from '../kit/periods.ts';
import { SavedViews } from '../kit/saved-views.tsx';
import { usePageSize } from '../kit/table-paging.tsx';
import { useSort } from '../kit/table-sort.ts';
import { useChangeParams, useParam } from '../kit/url-state.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { dayIn } from '../kit/zone.ts';
import { useVoiceColumns } from './voice-columns.tsx';
import { VoiceDrawer } from './voice-drawer.tsx';
import { VoiceQueryForm } from './voice-query.tsx';

function useVoices() {
  const [params] = useSearchParams();
  const change = useChangeParams();
  const asked = params.get('period');
  const period: Period = isPeriod(asked) ? asked : '30d';
  const cursor = params.get('cursor');
  const limit = usePageSize();
  const wanted = useSort();
  const sort = VOICE_SORTS.find((one) => one === wanted) ?? null;
  const today = dayIn(new Date());
  // The same until they change, whatever else the address says: a drawer that opens draws neither form nor rows anew.
  const text = JSON.stringify(filtersIn(params));
  const filters = useMemo(() => JSON.parse(text) as readonly Filter[], [text]);
  const where = useMemo(() => withPeriod(filters, period, new Date(`${today}T12:00:00Z`)), [filters, period, today]);
  const more = useCallback((at: string | null, most: number) => searchVoices(where, most, at, sort), [where, sort]);
  const query = useQuery({
    queryKey: ['voices', where, sort, cursor, limit],
    queryFn: () => more(cursor, limit),
    placeholderData: keepPreviousData,
  });
  const show = useCallback(
    (next: Period, filtered: readonly Filter[]): void =>
      change(() => {
        const address = new URLSearchParams({ period: next, ...(sort === null ? {} : { sort }) });
        putFilters(address, filtered);
        return address;
      }),
    [change, sort],
  );
  return { period, filters, where, query, more, show };
}

export function VoicesPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const labels = useLabels();
  const { period, filters, where, query, more, show } = useVoices();
  const [opened, open] = useParam('voice');
  const openRow = useCallback((row: VoiceRow) => open(String(row.id)), [open]);
  const columns = useVoiceColumns(openRow);
  const found = query.data;
  const inWords = (some: readonly Filter[]): readonly string[] => some.map((filter) => filterText(filter, labels, t));
  const filtersInWords = inWords(where);
  // An order is called by what it is about, not by when somebody looked.
  const about = inWords(where.filter((filter) => !('field' in filter && filter.field === 'said_at'))).join(' · ');
  const ids = useMemo(() => (found?.rows ?? []).map((row) => String(row.id)), [found]);
  return (
    <div className="page">
      <PageHead
        name={t('nav.voices')}
        help={{ doc: 'analyst', topics: ['voices', 'mean_confidence', 'mean_score'] }}
        words={found === undefined ? t('nav.voices') : t('voices.words', { value: count(found.count, locale) })}
        under={
          found === undefined ? undefined : (
            <>
              {t('common.asOf', { time: '' })}
              <When at={found.as_of} />
            </>
          )
        }
      >
        <SavedViews page="voices" />
        {may('orders.create') && found !== undefined && found.count > 0 ? (
          <NewOrder where={where} category={categoryIn(where)} about={about} />
        ) : null}
      </PageHead>
      <VoiceQueryForm period={period} filters={filters} onChange={show} />
      <DataTable
        name="voices"
        title={t('nav.voices')}
        columns={columns}
        keyOf={keyOf}
        query={query}
        more={more}
        filters={filtersInWords}
        onOpen={openRow}
        opened={opened}
        empty={<NoVoices period={period} filters={filters} show={show} />}
      />
      <VoiceDrawer id={opened} ids={ids} onOpen={open} onClose={() => open(null)} />
    </div>
  );
}

const keyOf = (row: VoiceRow): string => String(row.id);

const categoryIn = (where: readonly Filter[]): string | null =>
  where.flatMap((f) => ('in' in f && f.field === 'category' && f.in.length === 1 ? (f.in[0] ?? []) : []))[0] ?? null;

function NoVoices({
  period,
  filters,
  show,
}: {
  readonly period: Period;
  readonly filters: readonly Filter[];
  readonly show: (period: Period, filters: readonly Filter[]) => void;
}) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Empty why={t('voices.empty')} next={t('explorer.emptyNext')}>
      {period === 'all' ? null : <Button onClick={() => show('all', filters)}>{t('explorer.allTime')}</Button>}
      {filters.length === 0 ? null : <Button onClick={() => show(period, [])}>{t('filter.clear')}</Button>}
      {may('imports.run') ? <Link to="/imports">{t('explorer.toImports')}</Link> : null}
    </Empty>
  );
}
