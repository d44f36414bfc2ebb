import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { SCHEME_IDS, type SchemeId } from '../../model/segment-views.ts';

/** By which segments customers are told apart: the rules, or what the newest run of another scheme says. */
export function SchemeSelect({ scheme, onChoose }: { readonly scheme: SchemeId; readonly onChoose: (scheme: SchemeId) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <span className="row">
      <label htmlFor={id}>{t('segments.schemeLabel')}</label>
      <Select
        id={id}
        style={{ width: 160 }}
        value={scheme}
        options={SCHEME_IDS.map((value) => ({ value, label: t(`segments.scheme.${value}`) }))}
        onChange={onChoose}
      />
    </span>
  );
}

/** The address with another scheme; what was opened of the segments before is closed. */
export function schemeChosen(params: URLSearchParams, scheme: SchemeId, closed: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of closed) next.delete(name);
  if (scheme === 'rules') next.delete('scheme');
  else next.set('scheme', scheme);
  return next;
}
