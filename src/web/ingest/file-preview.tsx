import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../model/import-views.ts';

/** The first rows as they are read with these settings: wrong letters or columns show at once. */
export function FilePreview({ preview }: { readonly preview: ImportPreview }) {
  const { t } = useTranslation();
  const rows = (preview.rows ?? []).slice(0, 12);
  if (preview.columns.length === 0) return null;
  return (
    <section className="block">
      <h2>{t('imports.firstRowsTitle', { columns: preview.columns.length })}</h2>
      <p className="faint">{t('imports.masked')}</p>
      <div
        className="panel file-preview"
        tabIndex={0}
        role="region"
        aria-label={t('imports.firstRowsTitle', { columns: preview.columns.length })}
      >
        <table className="table">
          <thead>
            <tr>
              {preview.columns.map(({ title }) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                {preview.columns.map(({ title }, k) => (
                  <td key={title} title={row[k] ?? ''}>
                    {row[k] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
