import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellsHead } from '../../../model/satisfaction.ts';
import { When } from '../../kit/when.tsx';

/** What a cell is, how fresh it is, and whose number rates are divided by. */
export function useUnder(head: CellsHead | undefined): ReactNode {
  const { t } = useTranslation();
  if (head === undefined || head.from === null || head.before === null) return undefined;
  return (
    <>
      {t('common.asOf', { time: '' })}
      <When at={head.as_of} /> ·{' '}
      {t('satisfaction.under', { place: t(`satisfaction.place.${head.place}`), from: head.from, before: head.before })}
      {head.base === 'speakers' ? ` ${t('satisfaction.speakers')}` : ''}
    </>
  );
}
