import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberRow, SegmentCard, SegmentsView } from '../../model/segment-views.ts';
import { Answered } from '../kit/answered.tsx';
import { Evidence } from '../kit/evidence.tsx';
import { percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMembers } from './segments-api.ts';
import { windowOf } from './segment-words.ts';

/** The customers of a segment, each with what speaks for it and the voices behind. */
export function Members({
  view,
  card,
  onClose,
}: {
  readonly view: SegmentsView;
  readonly card: SegmentCard;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [after, setAfter] = useState('');
  const query = useMembers(view.scheme, card.id, after);
  const title = t('segments.membersTitle', { name: card.names[locale] });
  return (
    <section className="block" aria-label={title}>
      <div className="block-head">
        <h2>{title}</h2>
        <button type="button" className="key" onClick={onClose}>
          {t('segments.close')}
        </button>
      </div>
      <Answered query={query} rows={6}>
        {({ rows, next }) => (
          <>
            <div className="scroller">
              <table className="table" aria-label={title}>
                <thead>
                  <tr>
                    <th scope="col">{t('segments.customer')}</th>
                    <th scope="col">{t('segments.reasons')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.customer}>
                      <th scope="row">
                        <Evidence where={[{ field: 'customer', in: [row.customer] }, windowOf(view.run?.as_of ?? '')]}>
                          {row.customer}
                        </Evidence>
                      </th>
                      <td>
                        <Reasons row={row} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {next === null ? null : (
              <div className="row">
                <button type="button" className="key" onClick={() => setAfter(next)}>
                  {t('segments.more')}
                </button>
              </div>
            )}
          </>
        )}
      </Answered>
    </section>
  );
}

function Reasons({ row }: { readonly row: MemberRow }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (row.reasons.length === 0) return <>–</>;
  return (
    <span className="row">
      {row.reasons.map(({ sign, count, base, usual }) => (
        <span key={sign} className="tag">
          {t('segments.reason', {
            sign: t(`segments.sign.${sign as 'repeats'}`),
            count,
            base,
            usual: percent(usual, locale, 0),
          })}
        </span>
      ))}
    </span>
  );
}
