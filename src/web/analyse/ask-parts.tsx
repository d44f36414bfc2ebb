import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Filter } from '../../model/question.ts';
import { Empty } from '../kit/empty.tsx';
import { useMay } from '../kit/me.ts';
import type { Period } from '../kit/periods.ts';
import { When } from '../kit/when.tsx';

/** Until when data are here, and that a running period is compared with as much of the earlier one. */
export function Freshness({ at, open, period }: { readonly at: string; readonly open: boolean; readonly period: string }) {
  const { t } = useTranslation();
  const running = open && period !== 'last-month' && period !== 'custom' && period !== 'all';
  return (
    <>
      {t('common.asOf', { time: '' })}
      <When at={at} />
      {running ? ` · ${t('explorer.todayOpen')}` : ''}
    </>
  );
}

/** Nothing fits: longer, wider, or import. */
export function NothingFits<State extends { readonly period: Period; readonly filters: readonly Filter[] }>({
  state,
  onChange,
}: {
  readonly state: State;
  readonly onChange: (state: State) => void;
}) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Empty why={t('explorer.empty')} next={t('explorer.emptyNext')}>
      {state.period === 'all' ? null : <Button onClick={() => onChange({ ...state, period: 'all' })}>{t('explorer.allTime')}</Button>}
      {state.filters.length === 0 ? null : <Button onClick={() => onChange({ ...state, filters: [] })}>{t('filter.clear')}</Button>}
      {may('imports.run') ? <Link to="/imports">{t('explorer.toImports')}</Link> : null}
    </Empty>
  );
}
