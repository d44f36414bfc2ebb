import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DENSITIES } from '../../model/preferences.ts';
import type { TableLook } from '../../model/preferences.ts';
import { count } from './format.ts';
import { Icon } from './icons.tsx';
import { useLocale } from './locale.ts';
import { useMay } from './me.ts';
import { usePreferences, useSetPreferences } from './preferences.ts';
import { ProblemView } from './problem-view.tsx';
import { copyText } from './table-copy.ts';
import type { Column } from './table-columns.ts';
import { allRows, sendSheet } from './table-export.ts';
import type { More } from './table-export.ts';
import { ColumnSettings } from './table-settings.tsx';
import { tsvOf } from './tsv.ts';

export interface Exporting<Row> {
  readonly name: string;
  readonly title: string;
  readonly filters: readonly string[];
  readonly more: More<Row>;
  /** The rows in the order of the screen. */
  readonly order: (rows: readonly Row[]) => readonly Row[];
}

interface Tools<Row> {
  readonly columns: readonly Column<Row>[];
  readonly shown: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly look: TableLook | undefined;
  readonly onLook: (look: TableLook | null) => void;
  readonly exporting: Exporting<Row> | null;
  readonly said: string;
  readonly onSay: (text: string) => void;
  readonly children?: ReactNode;
}

/** What can be done with a table besides reading it. */
export function TableTools<Row>({ columns, shown, rows, look, onLook, exporting, said, onSay, children }: Tools<Row>) {
  const { t } = useTranslation();
  const copy = async (): Promise<void> =>
    onSay((await copyText(tsvOf(shown, rows))) ? t('table.copied', { count: rows.length }) : t('table.copyFailed'));
  return (
    <div className="table-tools" role="group" aria-label={t('table.tools')}>
      <span className="table-said" role="status">
        {said}
      </span>
      {children}
      <button type="button" className="tool" title={t('table.copyHelp')} disabled={rows.length === 0} onClick={() => void copy()}>
        <Icon name="copy" />
        {t('table.copy')}
      </button>
      {exporting === null ? null : <ExportSheet {...{ exporting, shown, onSay }} />}
      <DensityKey />
      <ColumnSettings columns={columns} look={look} onLook={onLook} />
    </div>
  );
}

function ExportSheet<Row>({
  exporting,
  shown,
  onSay,
}: {
  readonly exporting: Exporting<Row>;
  readonly shown: readonly Column<Row>[];
  readonly onSay: (text: string) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (!may('numbers.export')) return null;
  const run = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const found = await allRows(exporting.more, (rows) => onSay(t('table.exporting', { rows: count(rows, locale) })));
      await sendSheet({ ...exporting, columns: shown }, { ...found, rows: exporting.order(found.rows) }, locale);
      const [rows, total] = [count(found.rows.length, locale), count(found.total, locale)];
      onSay(found.rows.length < found.total ? t('table.exportedPart', { rows, total }) : t('table.exported', { rows }));
    } catch (refused) {
      onSay('');
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" className="tool" title={t('table.exportHelp')} aria-busy={busy} onClick={() => void run()}>
        <Icon name="download" />
        {t('table.export')}
      </button>
      {error === null ? null : <ProblemView error={error} />}
    </>
  );
}

function DensityKey() {
  const { t } = useTranslation();
  const { density } = usePreferences().value;
  const set = useSetPreferences();
  const next = DENSITIES[(DENSITIES.indexOf(density) + 1) % DENSITIES.length] ?? 'regular';
  return (
    <button type="button" className="tool wide-only" title={t('table.density')} onClick={() => set({ density: next })}>
      <Icon name="rows" />
      {t(`table.densities.${density}`)}
    </button>
  );
}
