import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { PairRow, PairsView } from '../../model/pair-views.ts';
import { withParams } from '../kit/url-state.ts';
import { usePairSentence } from './pair-words.ts';
import { differenceOf, differs, keyPairs, pairText } from './pairs-view.ts';

const SHOWN = 6;

/** The strongest pairs of a segment, each a sentence that opens it; those that lead to fewer complaints apart. */
export function KeyPairs({ view, rows, days }: { readonly view: PairsView; readonly rows: readonly PairRow[]; readonly days: number }) {
  const { t } = useTranslation();
  const { more, fewer } = keyPairs(rows);
  return (
    <section className="stack">
      <h2>{t('pairs.key')}</h2>
      {more.length + fewer.length === 0 ? <p className="quiet">{t('pairs.noKey')}</p> : null}
      {more.length === 0 ? null : (
        <>
          <p className="faint">{t('pairs.keyNote')}</p>
          <Sentences view={view} rows={more.slice(0, SHOWN)} days={days} />
        </>
      )}
      {fewer.length === 0 ? null : (
        <>
          <h3>{t('pairs.fewer')}</h3>
          <p className="faint">{t('pairs.fewerNote')}</p>
          <Sentences view={view} rows={fewer.slice(0, SHOWN)} days={days} />
        </>
      )}
    </section>
  );
}

function Sentences({ view, rows, days }: { readonly view: PairsView; readonly rows: readonly PairRow[]; readonly days: number }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const sentenceOf = usePairSentence(view.segments, days);
  return (
    <ul className="plain-list panel">
      {rows.map((row) => (
        <li key={pairText(row)} className="pair-line">
          <span className={`pair-sign ${row.ratio > 1 ? 'more' : 'less'}`} aria-hidden="true">
            {row.ratio > 1 ? '▲' : '▼'}
          </span>
          <span>
            <Link to={withParams(params, { pair: pairText(row) })}>{sentenceOf(row)}</Link>{' '}
            {row.segment === null && differs(differenceOf(view.differences, row)) ? (
              <span className="tag">{t('pairs.differs')}</span>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
