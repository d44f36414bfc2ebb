import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answered } from '../kit/answered.tsx';
import { CustomerVoices } from './members.tsx';
import { useMovers } from './segments-api.ts';

/** The customers behind one cell of the migration, each with the voices of the window. */
export function Movers({
  run,
  move,
  names,
  onClose,
}: {
  readonly run: string;
  readonly move: string;
  readonly names: ReadonlyMap<string, string>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [from = '', to = ''] = move.split('~');
  const [after, setAfter] = useState('0');
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
              {rows.map((row, place) => (
                <span key={`${after}:${place}`}>
                  <CustomerVoices row={row} />
                </span>
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
