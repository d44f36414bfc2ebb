import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportPreview, ImportMapping } from '../../model/import-views.ts';
import { productZone } from '../kit/zone.ts';
import { withoutEmpty } from './mapping-draft.ts';

const ORDERS = ['ymd', 'dmy', 'mdy'] as const;
const DATED: readonly string[] = ['said_at', 'said_date', 'since', 'until'];

/** 03/04 is a day in March or in April; a time without a zone is somebody's wall clock. */
export function DatesRead({
  preview,
  mapping,
  onChange,
}: {
  readonly preview: ImportPreview;
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
}) {
  const { t } = useTranslation();
  if (!Object.values(mapping.columns).some((field) => DATED.includes(field))) return null;
  const proved = ORDERS.find((order) => order === preview.date_order);
  const own = productZone();
  const zones = [...new Set([own, ...Intl.supportedValuesOf('timeZone'), 'UTC'])];
  return (
    <section className="block">
      <h2>{t('imports.dates')}</h2>
      <div className="panel pad form-grid">
        <div className="field">
          <span className="label">{t('imports.dateOrder')}</span>
          <Select
            aria-label={t('imports.dateOrder')}
            value={mapping.dateOrder ?? ''}
            options={[
              { value: '', label: t('imports.dateOrderAuto') },
              ...ORDERS.map((value) => ({ value: value as string, label: t(`imports.dateOrderName.${value}`) })),
            ]}
            onChange={(dateOrder: string) => onChange(withoutEmpty({ ...mapping, dateOrder }))}
          />
          <small>
            {proved === undefined
              ? t('imports.dateOrderUnproved')
              : t('imports.dateOrderProved', { order: t(`imports.dateOrderName.${proved}`) })}
          </small>
        </div>
        <div className="field">
          <span className="label">{t('imports.zone')}</span>
          <Select
            aria-label={t('imports.zone')}
            showSearch
            value={mapping.zone ?? own}
            options={zones.map((value) => ({ value, label: value }))}
            onChange={(zone: string) => onChange(withoutEmpty({ ...mapping, zone: zone === own ? '' : zone }))}
          />
          <small>{t('imports.zoneHelp')}</small>
        </div>
      </div>
    </section>
  );
}
