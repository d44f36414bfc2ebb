import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Filter } from '../../model/question.ts';
import { exportVoices, searchVoices } from '../api/calls.ts';
import type { VoicePage } from '../api/types.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { ExportButton } from '../kit/export-button.tsx';
import { FilterBar } from '../kit/filter-bar.tsx';
import { filtersIn, putFilters } from '../kit/filters-url.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { Pager } from '../kit/pager.tsx';
import { isPeriod, withPeriod } from '../kit/periods.ts';
import type { Period } from '../kit/periods.ts';
import { useParam } from '../kit/url-state.ts';
import { When } from '../kit/when.tsx';
import { NewOrder } from '../act/new-order.tsx';
import { VoiceDrawer } from './voice-drawer.tsx';
import { VoiceTable } from './voice-table.tsx';

const PAGE = 50;
/** A workbook of voices holds the newest of them. */
const MOST_EXPORTED = 10_000;

function useVoices() {
  const [params, setParams] = useSearchParams();
  const asked = params.get('period');
  const period: Period = isPeriod(asked) ? asked : '30d';
  const cursor = params.get('cursor');
  const today = new Date().toDateString();
  const filters = useMemo(() => filtersIn(params), [params]);
  const where = useMemo(() => withPeriod(filters, period, new Date(today)), [filters, period, today]);
  const query = useQuery({
    queryKey: ['voices', where, cursor],
    queryFn: () => searchVoices(where, PAGE, cursor),
    placeholderData: keepPreviousData,
  });
  const show = (next: Period, wanted: readonly Filter[]): void => {
    const address = new URLSearchParams({ period: next });
    putFilters(address, wanted);
    setParams(address);
  };
  return { period, filters, where, query, show };
}

export function VoicesPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const { period, filters, where, query, show } = useVoices();
  const [opened, open] = useParam('voice');
  const found = query.data;
  const note =
    found !== undefined && found.count > MOST_EXPORTED
      ? t('voices.exportNewest', { most: count(MOST_EXPORTED, locale), total: count(found.count, locale) })
      : undefined;
  return (
    <div className="page">
      <PageHead
        name={t('nav.voices')}
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
        {may('orders.create') && found !== undefined && found.count > 0 ? <NewOrder where={where} category={categoryIn(where)} /> : null}
        {may('numbers.export') ? <ExportButton run={() => exportVoices(where, locale)} note={note} /> : null}
      </PageHead>
      <FilterBar period={period} filters={filters} onChange={show} />
      <Answered query={query} rows={12}>
        {(page) =>
          page.rows.length === 0 ? (
            <NoVoices period={period} filters={filters} show={show} />
          ) : (
            <Found page={page} stale={query.isPlaceholderData} onOpen={(id) => open(String(id))} />
          )
        }
      </Answered>
      <VoiceDrawer id={opened} onClose={() => open(null)} />
    </div>
  );
}

const categoryIn = (where: readonly Filter[]): string | null =>
  where.flatMap((f) => ('in' in f && f.field === 'category' && f.in.length === 1 ? (f.in[0] ?? []) : []))[0] ?? null;

function Found({ page, stale, onOpen }: { readonly page: VoicePage; readonly stale: boolean; readonly onOpen: (id: number) => void }) {
  return (
    <section className="panel" style={{ opacity: stale ? 0.55 : 1 }}>
      <VoiceTable rows={page.rows} onOpen={onOpen} />
      <Pager next={page.next} />
    </section>
  );
}

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
    <div className="panel">
      <Empty why={t('voices.empty')} next={t('explorer.emptyNext')}>
        {period === 'all' ? null : <Button onClick={() => show('all', filters)}>{t('explorer.allTime')}</Button>}
        {filters.length === 0 ? null : <Button onClick={() => show(period, [])}>{t('filter.clear')}</Button>}
        {may('imports.run') ? <Link to="/imports">{t('explorer.toImports')}</Link> : null}
      </Empty>
    </div>
  );
}
