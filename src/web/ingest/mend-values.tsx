import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useVocabulary } from '../kit/vocabulary.ts';
import type { MendedField } from './mapping-draft.ts';
import { suggestPlace } from './suggest-place.ts';

/** "历下" means 历下区: said once, it holds for every row of this source, now and in later files. What the file says is kept. */
export function MendValues({
  field,
  values,
  busy,
  onMend,
}: {
  readonly field: MendedField;
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly busy: boolean;
  readonly onMend: (meant: Readonly<Record<string, string>>) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useVocabulary().data;
  const places =
    (field === 'region' ? words?.regions : field === 'unit' ? words?.units : field === 'kind' ? words?.kinds : words?.channels) ?? [];
  const [picked, setPicked] = useState<Readonly<Record<string, string | null>>>({});
  const meantBy = (value: string): string | null => {
    const own = picked[value];
    return own === undefined ? suggestPlace(value, places) : own;
  };
  const meant = Object.fromEntries(
    values.flatMap(({ value }): [string, string][] => {
      const place = meantBy(value);
      return place === null ? [] : [[value, place]];
    }),
  );
  const options = places.map(({ code, names }) => ({ value: code, label: names[locale] === code ? code : `${names[locale]} (${code})` }));
  return (
    <div className="stack note">
      {values.map(({ value, count: times }) => (
        <div key={value} className="mend-line">
          <span>
            “{value}” <span className="faint">×{count(times, locale)}</span>
          </span>
          <span aria-hidden="true">→</span>
          <Select
            aria-label={t('imports.meansOf', { value })}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('imports.leaveUnknown')}
            value={meantBy(value)}
            options={options}
            onChange={(next: string | null | undefined) => setPicked({ ...picked, [value]: next ?? null })}
          />
        </div>
      ))}
      <div className="row">
        <Button type="primary" size="small" loading={busy} disabled={Object.keys(meant).length === 0} onClick={() => onMend(meant)}>
          {t('imports.mendAndCheck')}
        </Button>
        <span className="faint">{t('imports.mendHelp')}</span>
      </div>
    </div>
  );
}
