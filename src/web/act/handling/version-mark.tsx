import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandlingChange } from '../../../model/handling.ts';
import { useMay } from '../../kit/me.ts';
import { LineForm } from './line-form.tsx';

/** Which version a line is in, and the way to change it. */
export function VersionMark({ line, version, of }: { readonly line: HandlingChange; readonly version: number; readonly of: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const [editing, edit] = useState(false);
  return (
    <span className="row" style={{ gap: 8 }}>
      <span className="faint nowrap">{version === 0 ? t('handling.ofPack') : t('handling.version', { version })}</span>
      {may('rules.write') ? (
        <Button size="small" aria-label={`${t('handling.edit')} ${of}`} onClick={() => edit(true)}>
          {t('handling.edit')}
        </Button>
      ) : null}
      {editing ? <LineForm line={line} version={version} onClose={() => edit(false)} /> : null}
    </span>
  );
}
