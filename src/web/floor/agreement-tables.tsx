import { useTranslation } from 'react-i18next';
import type { CategoryAgreement, CoderAgreement } from '../../model/agreement.ts';
import { Evidence } from '../kit/evidence.tsx';
import { FigureTable } from '../kit/figure-table.tsx';
import { count, decimal, percent, signedPoints } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';

/** Causes with the most disagreement first; every figure opens its voices. */
export function CategoryTable({ rows }: { readonly rows: readonly CategoryAgreement[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const shown = rows.filter((row) => row.differ > 0).slice(0, 30);
  if (shown.length === 0) return null;
  return (
    <FigureTable
      title={t('agreement.categories')}
      titles={[
        { text: t('agreement.category') },
        { text: t('agreement.n'), number: true },
        { text: t('agreement.differ'), number: true },
        { text: t('agreement.alpha'), number: true },
        { text: t('agreement.insteadOf') },
      ]}
    >
      {shown.map((row) => (
        <tr key={row.category}>
          <th scope="row">{nameOf(row.names)}</th>
          <td className="number">{count(row.n, locale)}</td>
          <td className="number">
            <Evidence where={row.where} value={row.differ}>
              {count(row.differ, locale)}
            </Evidence>
          </td>
          <td className="number">{row.alpha === null ? '–' : decimal(row.alpha, 2, locale)}</td>
          <td>
            {row.confusions.slice(0, 3).map((one) => (
              <span key={one.category} className="nowrap">
                {nameOf(one.names)}{' '}
                <Evidence where={one.where} value={one.n}>
                  {count(one.n, locale)}
                </Evidence>
                {'　'}
              </span>
            ))}
          </td>
        </tr>
      ))}
    </FigureTable>
  );
}

/** Agents or centres beside all the others. */
export function CoderTable({ title, rows }: { readonly title: string; readonly rows: readonly CoderAgreement[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (rows.length === 0) return null;
  return (
    <FigureTable
      title={title}
      titles={[
        { text: t('agreement.who') },
        { text: t('agreement.n'), number: true },
        { text: t('agreement.differ'), number: true },
        { text: t('agreement.share'), number: true },
        { text: t('agreement.beyond'), number: true },
        { text: t('agreement.alpha'), number: true },
        { text: t('agreement.verdict') },
      ]}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">{row.name}</th>
          <td className="number">{count(row.n, locale)}</td>
          <td className="number">
            {row.differ === 0 ? (
              0
            ) : (
              <Evidence where={row.where} value={row.differ}>
                {count(row.differ, locale)}
              </Evidence>
            )}
          </td>
          <td className="number nowrap">
            {percent(row.share, locale)} <span className="faint">{`${percent(row.low, locale)}–${percent(row.high, locale)}`}</span>
          </td>
          <td className="number nowrap">
            {row.beyond === null ? (
              '–'
            ) : (
              <>
                {signedPoints(row.beyond.effect, locale)}{' '}
                <span className="faint">{`${signedPoints(row.beyond.low, locale)} … ${signedPoints(row.beyond.high, locale)}`}</span>
              </>
            )}
          </td>
          <td className="number nowrap">
            {row.alpha === null ? '–' : decimal(row.alpha, 2, locale)}{' '}
            {row.alpha_low === null || row.alpha_high === null ? null : (
              <span className="faint">{`${decimal(row.alpha_low, 2, locale)}–${decimal(row.alpha_high, 2, locale)}`}</span>
            )}
          </td>
          <td>
            <span className={`state ${row.verdict === 'train' ? 'needs full' : row.verdict === 'fine' ? 'full' : 'over'}`}>
              {t(`agreement.verdictValue.${row.verdict}`)}
            </span>
          </td>
        </tr>
      ))}
    </FigureTable>
  );
}
