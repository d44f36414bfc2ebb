import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from './preferences.ts';

interface TableKey {
  readonly asTable: boolean;
  /** For the box around picture and button. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly button: ReactNode;
}

/** The table behind a picture: by its button, and by T while something of the picture has the focus and single keys are not switched off. */
export function useTableKey(): TableKey {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const { shortcuts } = usePreferences().value;
  const turn = (): void => setAsTable((now) => !now);
  const onKeyDown = (event: KeyboardEvent): void => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.nativeEvent.isComposing;
    if (shortcuts && plain && event.key.toLowerCase() === 't') turn();
  };
  const button = (
    <button type="button" className="key" {...(shortcuts ? { title: t('common.tableKey') } : {})} aria-pressed={asTable} onClick={turn}>
      {asTable ? t('common.chart') : t('common.table')} {shortcuts ? <kbd>T</kbd> : null}
    </button>
  );
  return { asTable, onKeyDown, button };
}
