import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { PairRow } from '../../model/pair-views.ts';
import type { Column } from '../kit/data-table.tsx';
import { count, decimal, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { withParams } from '../kit/url-state.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { pairText } from './pairs-view.ts';
import { useRatioWords } from './pair-words.ts';

/** All that a pair's row says, in the order in which one reads it. */
export function usePairColumns(): readonly Column<PairRow>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const ratio = useRatioWords();
  const [params] = useSearchParams();
  return useMemo(() => {
    const number = (
      name: string,
      title: string,
      width: number,
      value: (row: PairRow) => number,
      show: (value: number) => string,
      more: Partial<Column<PairRow>> = {},
    ): Column<PairRow> => ({ name, title, width, number: true, sort: 'here', show: (row) => show(value(row)), text: value, ...more });
    const verdict = (row: PairRow): string => t(row.significant ? (row.ratio > 1 ? 'pairs.more' : 'pairs.less') : 'pairs.chance');
    return [
      {
        name: 'grievance',
        title: t('pairs.grievance'),
        width: 190,
        grow: true,
        card: 'title',
        sort: 'here',
        show: (row) => <Link to={withParams(params, { pair: pairText(row) })}>{labels.value('category', row.grievance)}</Link>,
        text: (row) => labels.value('category', row.grievance),
      },
      {
        name: 'complaint',
        title: t('pairs.complaint'),
        width: 190,
        sort: 'here',
        show: (row) => labels.value('category', row.complaint),
        text: (row) => labels.value('category', row.complaint),
      },
      number('ratio', t('pairs.ratio'), 84, (row) => row.ratio, ratio, { format: 'decimal' }),
      {
        name: 'interval',
        title: t('pairs.interval'),
        width: 120,
        number: true,
        show: (row) => `${ratio(row.low)}–${ratio(row.high)}`,
        text: (row) => `${ratio(row.low)}–${ratio(row.high)}`,
      },
      {
        name: 'verdict',
        title: t('pairs.verdict'),
        width: 108,
        sort: 'here',
        show: verdict,
        text: verdict,
      },
      number(
        'q',
        t('pairs.q'),
        84,
        (row) => row.q,
        (q) => (q < 0.001 ? '<0.001' : decimal(q, 3, locale)),
        {
          help: (
            <button type="button" className="help-key" title={t('pairs.qHelp')} aria-label={t('pairs.qHelp')}>
              ?
            </button>
          ),
        },
      ),
      number(
        'excess',
        t('pairs.excess'),
        128,
        (row) => row.excess_per_1000,
        (value) => decimal(value, 1, locale).replace('-', '−'),
        { format: 'decimal' },
      ),
      number(
        'inWindow',
        t('pairs.inWindow'),
        104,
        (row) => row.complaints,
        (value) => count(value, locale),
      ),
      number(
        'expected',
        t('pairs.expectedColumn'),
        112,
        (row) => row.expected,
        (value) => decimal(value, 1, locale),
        { format: 'decimal', card: 'none' },
      ),
      number(
        'customers',
        t('pairs.customersColumn'),
        84,
        (row) => row.customers,
        (value) => count(value, locale),
      ),
      number(
        'attributable',
        t('pairs.attributable'),
        104,
        (row) => row.attributable,
        (value) => percent(value, locale).replace('-', '−'),
        { format: 'share' },
      ),
      number('low', t('pairs.low'), 84, (row) => row.low, ratio, { format: 'decimal', hidden: true, card: 'none' }),
      number('high', t('pairs.high'), 84, (row) => row.high, ratio, { format: 'decimal', hidden: true, card: 'none' }),
    ];
  }, [t, locale, labels, ratio, params]);
}
