import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SegmentsView } from '../../model/segment-views.ts';
import { Answered } from '../kit/answered.tsx';
import { Evidence } from '../kit/evidence.tsx';
import { windowOf } from './segment-words.ts';
import { useMovers } from './segments-api.ts';

/** The customers behind one cell of the migration, each with the voices of the window. */
export function Movers({
  view,
  run,
  move,
  names,
  onClose,
}: {
  readonly view: SegmentsView;
  readonly run: string;
  readonly move: string;
  readonly names: ReadonlyMap<string, string>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [from = '', to = ''] = move.split('~');
  const [after, setAfter] = useState('');
  const query = useMovers(run, from, to, after);
  const nameOf = (id: string): string => (id === '' ? t('segments.none') : (names.get(id) ?? id));
  const title = t('segments.moversTitle', { from: nameOf(from), to: nameOf(to) });
  return (
    <section className="stack" aria-label={title}>
      <div className="block-head">
        <h3>{title}</h3>
        <button type="button" className="key" onClick={onClose}>
          {t('segments.close')}
        </button>
      </div>
      <Answered query={query} rows={3}>
        {({ rows, next }) => (
          <>
            <p className="row">
              {rows.map(({ customer }) => (
                <Evidence key={customer} where={[{ field: 'customer', in: [customer] }, windowOf(view.run?.as_of ?? '')]}>
                  {customer}
                </Evidence>
              ))}
            </p>
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
