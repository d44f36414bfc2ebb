import { useState } from 'react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberRow, MoverRow, SegmentCard, SegmentsView } from '../../model/segment-views.ts';
import { Answered } from '../kit/answered.tsx';
import { Evidence } from '../kit/evidence.tsx';
import { percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMembers } from './segments-api.ts';

/** The customers of a segment, each with what speaks for it and the voices behind. */
export function Members({
  view,
  card,
  place,
  onClose,
}: {
  readonly view: SegmentsView;
  readonly card: SegmentCard;
  readonly place: Ref<HTMLElement>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [after, setAfter] = useState('0');
  const query = useMembers(view.scheme, card.id, after);
  const title = t('segments.membersTitle', { name: card.names[locale] });
  return (
    <section className="block" aria-label={title} ref={place}>
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
                    {rows.every((row) => row.reasons.length === 0) ? null : <th scope="col">{t('segments.reasons')}</th>}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row, place) => (
                    <tr key={`${after}:${place}`}>
                      <th scope="row">
                        <CustomerVoices row={row} />
                      </th>
                      {rows.every(({ reasons }) => reasons.length === 0) ? null : (
                        <td>
                          <Reasons row={row} />
                        </td>
                      )}
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

/** A customer's number with the voices behind it; who said nothing in the time of the run has none to open. */
export function CustomerVoices({ row: { customer, voices } }: { readonly row: MoverRow }) {
  if (voices.length === 0) return <>{customer}</>;
  return <Evidence where={[{ field: 'id', in: voices.map(String) }]}>{customer}</Evidence>;
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
