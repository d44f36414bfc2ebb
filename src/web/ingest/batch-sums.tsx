import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BatchView } from '../../model/import-views.ts';
import { voicesAddress } from '../kit/filters-url.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';

/** The sum that always adds up: rows = accepted + duplicates + rejected. Each figure says what it means for these rows. */
export function BatchSums({ batch }: { readonly batch: BatchView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (batch.rows_total === null) return null;
  const stored = batch.state === 'done' && batch.as === 'voices' && batch.accepted > 0;
  const parts = [
    { name: 'rows', value: batch.rows_total },
    { name: 'accepted', value: batch.accepted },
    { name: 'duplicates', value: batch.duplicates },
    { name: 'rejected', value: batch.rejected },
  ] as const;
  return (
    <section className="panel pad" aria-label={t('imports.sum')}>
      <div className="sum-line">
        {parts.map(({ name, value }) => (
          <div key={name}>
            <span className="faint">{t(`imports.${name}`)}</span>
            <b>
              {name === 'accepted' && stored ? (
                <Link to={voicesAddress([{ field: 'batch', in: [batch.id] }])}>{count(value, locale)}</Link>
              ) : (
                count(value, locale)
              )}
            </b>
            <span className="faint">
              {t(name === 'accepted' && batch.state === 'undone' ? 'imports.means.undone' : `imports.means.${name}`)}
            </span>
          </div>
        ))}
      </div>
    </section>
  );
}
