import { useTranslation } from 'react-i18next';
import type { CategoryAgreement, CoderAgreement } from '../../model/agreement.ts';
import { Evidence } from '../kit/evidence.tsx';
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
    <section className="block">
      <h2>{t('agreement.categories')}</h2>
      <div className="scroller panel">
        <table className="table">
          <thead>
            <tr>
              <th>{t('agreement.category')}</th>
              <th className="number">{t('agreement.n')}</th>
              <th className="number">{t('agreement.differ')}</th>
              <th className="number">{t('agreement.alpha')}</th>
              <th>{t('agreement.insteadOf')}</th>
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Agents or centres beside all the others. */
export function CoderTable({ title, rows }: { readonly title: string; readonly rows: readonly CoderAgreement[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (rows.length === 0) return null;
  return (
    <section className="block">
      <h2>{title}</h2>
      <div className="scroller panel">
        <table className="table">
          <thead>
            <tr>
              <th>{t('agreement.who')}</th>
              <th className="number">{t('agreement.n')}</th>
              <th className="number">{t('agreement.differ')}</th>
              <th className="number">{t('agreement.share')}</th>
              <th className="number">{t('agreement.beyond')}</th>
              <th>{t('agreement.verdict')}</th>
            </tr>
          </thead>
          <tbody>
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
                <td>
                  <span className={`state ${row.verdict === 'train' ? 'needs full' : row.verdict === 'fine' ? 'full' : 'over'}`}>
                    {t(`agreement.verdictValue.${row.verdict}`)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
