import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BatchView, ImportPreview, ImportMapping, PreviewColumn } from '../../model/import-views.ts';
import { percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { fieldsFor, withField } from './mapping-draft.ts';

const KEEP = '';

/** Columns of the file with samples, what each becomes, and how sure the suggestion is. */
export function MappingTable({
  batch,
  preview,
  mapping,
  onChange,
}: {
  readonly batch: BatchView;
  readonly preview: ImportPreview;
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
}) {
  const { t } = useTranslation();
  const fields = [
    { value: KEEP, label: t('imports.attribute') },
    ...fieldsFor(batch.as).map((value) => ({ value: value as string, label: t(`imports.fieldName.${value}`) })),
  ];
  return (
    <section className="block">
      <h2>{t('imports.mapping')}</h2>
      <div className="panel scroller">
        <table className="table cards mapping-table">
          <thead>
            <tr>
              <th scope="col">{t('imports.column')}</th>
              <th scope="col">{t('imports.field')}</th>
              <th scope="col">{t('imports.confidence')}</th>
              <th scope="col">{t('imports.samples')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.columns.map((column) => {
              const field = mapping.columns[column.title];
              return (
                <tr key={column.title}>
                  <td>
                    <strong>{column.title}</strong>
                  </td>
                  <td>
                    <Select
                      aria-label={`${t('imports.field')}: ${column.title}`}
                      style={{ width: 180, maxWidth: '100%' }}
                      showSearch={{ optionFilterProp: 'label' }}
                      value={field ?? KEEP}
                      options={fields}
                      onChange={(next: string) => onChange(withField(mapping, column.title, next === KEEP ? null : next))}
                    />
                  </td>
                  <td className="faint">
                    <Sure column={column} field={field} set={batch.options.mapping !== undefined} />
                  </td>
                  <td>
                    <span className="clamp faint">
                      {column.samples
                        .filter((s) => s !== null && s !== '')
                        .slice(0, 4)
                        .join(' | ')}
                    </span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Sure({ column, field, set }: { readonly column: PreviewColumn; readonly field: string | undefined; readonly set: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (field === undefined) return null;
  if (column.suggested !== null && column.suggested.field === field) return <>{percent(column.suggested.confidence, locale, 0)}</>;
  return <>{t(set ? 'imports.remembered' : 'imports.chosen')}</>;
}
