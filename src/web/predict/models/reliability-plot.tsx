import { useTranslation } from 'react-i18next';
import type { CardBin } from '../../../model/complaint-odds.ts';
import { count, percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useTableKey } from '../../kit/table-key.tsx';
import { useOddsInterval } from './odds-words.tsx';
import { plotOf } from './plot-shape.ts';

/**
 * Stated against happened, with intervals; the table stands behind one key. The bins open nothing: they count grievances that a training
 * held out, stated by models of the other folds, and neither those models nor their numbers are kept. Only what a model
 * states of grievances since is kept voice by voice.
 */
export function ReliabilityPlot({ bins }: { readonly bins: readonly CardBin[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { asTable, onKeyDown, button } = useTableKey();
  const { points, ticks, size, at } = plotOf(bins);
  const last = bins.at(-1);
  const label =
    last === undefined
      ? ''
      : t('odds.reliabilityWords', {
          stated: percent(last.stated, locale),
          happened: percent(last.happened, locale),
          low: percent(last.low, locale),
          high: percent(last.high, locale),
        });
  return (
    <div onKeyDown={onKeyDown}>
      <div className="row between">
        <span className="quiet">{label}</span>
        {button}
      </div>
      {asTable ? (
        <BinTable bins={bins} />
      ) : (
        <svg className="odds-plot" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
          <line
            x1={at(0)}
            y1={size - at(0)}
            x2={at(ticks.at(-1) ?? 1)}
            y2={size - at(ticks.at(-1) ?? 1)}
            stroke="var(--ink-3)"
            strokeDasharray="4 4"
          />
          {ticks.map((tick) => (
            <g key={tick}>
              <line x1={at(tick)} x2={at(tick)} y1={size - at(0)} y2={size - at(ticks.at(-1) ?? 1)} stroke="var(--line)" />
              <line y1={size - at(tick)} y2={size - at(tick)} x1={at(0)} x2={at(ticks.at(-1) ?? 1)} stroke="var(--line)" />
              <text x={at(tick)} y={size - 14} textAnchor="middle">
                {percent(tick, locale, 0)}
              </text>
              <text x={at(0) - 4} y={size - at(tick) + 4} textAnchor="end">
                {percent(tick, locale, 0)}
              </text>
            </g>
          ))}
          {points.map(({ bin, x, y, low, high }) => (
            <g key={bin.stated}>
              <line x1={x} x2={x} y1={low} y2={high} stroke="var(--accent)" strokeWidth="2" opacity="0.6" />
              <circle cx={x} cy={y} r="4" fill="var(--accent)" />
            </g>
          ))}
          <text x={size / 2} y={size - 1} textAnchor="middle">
            {t('odds.stated')}
          </text>
          <text x={at(0)} y={12}>
            {t('odds.happened')}
          </text>
        </svg>
      )}
      <p className="faint">{t('odds.reliabilityHelp')}</p>
    </div>
  );
}

function BinTable({ bins }: { readonly bins: readonly CardBin[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const interval = useOddsInterval();
  return (
    <div className="scroller">
      <table className="table numbers">
        <thead>
          <tr>
            <th scope="col" className="number">
              {t('odds.stated')}
            </th>
            <th scope="col" className="number">
              {t('odds.happened')}
            </th>
            <th scope="col" className="number">
              {t('odds.rows')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bins.map((bin) => (
            <tr key={bin.stated}>
              <td className="number">{percent(bin.stated, locale)}</td>
              <td className="number">{interval(bin.happened, bin.low, bin.high)}</td>
              <td className="number">{count(bin.rows, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
