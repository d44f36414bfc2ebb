import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { PairRow } from '../../model/pair-views.ts';
import { withParams } from '../kit/url-state.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { useRatioWords } from './pair-words.ts';
import { matrixOf, pairText, tintOf } from './pairs-view.ts';

/** Grievances down, complaints across: the ratio in every cell, a sign where it is beyond chance, the fill by how far it is from 1. */
export function PairMatrix({
  rows,
  every,
  chosen,
}: {
  readonly rows: readonly PairRow[];
  readonly every: boolean;
  readonly chosen: string | null;
}) {
  const { t } = useTranslation();
  const labels = useLabels();
  const [params] = useSearchParams();
  const { grievances, complaints, cell } = matrixOf(rows, every);
  const name = (code: string): string => labels.value('category', code);
  return (
    <section className="stack">
      <div className="row between">
        <h2>{t('pairs.matrix')}</h2>
        <Link to={withParams(params, { rows: every ? null : 'all' })}>{t(every ? 'pairs.onlySignificant' : 'pairs.every')}</Link>
      </div>
      <p className="faint">{t('pairs.matrixNote')}</p>
      {grievances.length === 0 ? (
        <p className="quiet">{t('pairs.noKey')}</p>
      ) : (
        <div className="scroller panel">
          <table className="table heat pair-matrix" aria-label={t('pairs.matrix')}>
            <thead>
              <tr>
                <th scope="col">
                  {t('pairs.grievance')} ＼ {t('pairs.complaint')}
                </th>
                {complaints.map((code) => (
                  <th key={code} scope="col" className="number" title={code}>
                    {name(code)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {grievances.map((grievance) => (
                <tr key={grievance}>
                  <th scope="row" title={grievance}>
                    {name(grievance)}
                  </th>
                  {complaints.map((complaint) => (
                    <td key={complaint}>
                      <MatrixCell
                        row={cell(grievance, complaint)}
                        to={withParams(params, { pair: pairText({ grievance, complaint }) })}
                        isChosen={chosen === pairText({ grievance, complaint })}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function MatrixCell({ row, to, isChosen }: { readonly row: PairRow | undefined; readonly to: string; readonly isChosen: boolean }) {
  const { t } = useTranslation();
  const ratio = useRatioWords();
  if (row === undefined)
    return (
      <span className="pair-cell none" title={t('pairs.tooFew')}>
        ·
      </span>
    );
  const tint = row.significant ? tintOf(row.ratio) : 0;
  const style = { '--tint': Math.abs(tint).toFixed(2) } as CSSProperties;
  const sign = row.significant ? (row.ratio > 1 ? '▲' : '▼') : '';
  const said = t(row.significant ? (row.ratio > 1 ? 'pairs.more' : 'pairs.less') : 'pairs.chance');
  return (
    <Link
      className={`pair-cell ${tint > 0 ? 'more' : tint < 0 ? 'less' : 'chance'} ${isChosen ? 'chosen' : ''}`}
      style={style}
      to={to}
      title={`${ratio(row.ratio)} (${ratio(row.low)}–${ratio(row.high)}) · ${said}`}
      aria-label={`${ratio(row.ratio)}, ${said}`}
      {...(isChosen ? { 'aria-current': 'true' as const } : {})}
    >
      {sign} {ratio(row.ratio)}
    </Link>
  );
}
