import { InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchView, ImportPreview, ImportSettings } from '../../model/import-views.ts';

const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'latin1'];

interface Options {
  readonly batch: BatchView;
  readonly preview: ImportPreview;
  readonly busy: boolean;
  readonly onChange: (options: ImportSettings) => void;
}

/** How the file is read: guessed, shown, and free to be set. Only what fits the format appears. */
export function ReadOptions({ batch, preview, busy, onChange }: Options) {
  const { t } = useTranslation();
  const delimiters = useDelimiters(preview.delimiter ?? ',');
  const text = preview.delimiter !== null && preview.delimiter !== undefined;
  const sheets = preview.sheets ?? [];
  const noTime = batch.as === 'voices';
  return (
    <section className="row" style={{ alignItems: 'flex-end', gap: 16 }}>
      {preview.encoding === null || preview.encoding === undefined ? null : (
        <Field label={t('imports.encoding')}>
          <Select
            aria-label={t('imports.encoding')}
            style={{ width: 130 }}
            disabled={busy}
            value={preview.encoding}
            options={[...new Set([...ENCODINGS, preview.encoding])].map((value) => ({ value, label: value }))}
            onChange={(encoding: string) => onChange({ encoding })}
          />
        </Field>
      )}
      {text ? (
        <Field label={t('imports.delimiter')}>
          <Select
            aria-label={t('imports.delimiter')}
            style={{ width: 130 }}
            disabled={busy}
            value={preview.delimiter ?? ','}
            options={delimiters}
            onChange={(delimiter: string) => onChange({ delimiter })}
          />
        </Field>
      ) : null}
      {sheets.length > 0 ? (
        <Field label={t('imports.sheet')}>
          <Select
            aria-label={t('imports.sheet')}
            style={{ minWidth: 130 }}
            disabled={busy}
            value={preview.sheet ?? null}
            options={sheets.map((value) => ({ value, label: value }))}
            onChange={(sheet: string) => onChange({ sheet })}
          />
        </Field>
      ) : null}
      {preview.header_row === null || preview.header_row === undefined ? null : (
        <Field label={t('imports.headerRow')}>
          <InputNumber
            aria-label={t('imports.headerRow')}
            min={0}
            max={1000}
            precision={0}
            disabled={busy}
            defaultValue={preview.header_row}
            changeOnWheel={false}
            onBlur={(e) => {
              const row = Number(e.target.value);
              if (Number.isInteger(row) && row !== preview.header_row) onChange({ header_row: row });
            }}
          />
        </Field>
      )}
      {noTime ? (
        <Field label={t('imports.saidAt')}>
          <input
            className="date-input"
            type="datetime-local"
            aria-label={t('imports.saidAt')}
            disabled={busy}
            defaultValue={localInput(batch.options.said_at)}
            onBlur={(e) => {
              if (e.target.value !== '' && e.target.value !== localInput(batch.options.said_at))
                onChange({ said_at: new Date(e.target.value).toISOString() });
            }}
          />
        </Field>
      ) : null}
    </section>
  );
}

function useDelimiters(now: string) {
  const { t } = useTranslation();
  const known = [
    { value: ',', label: t('imports.comma') },
    { value: ';', label: t('imports.semicolon') },
    { value: '\t', label: t('imports.tab') },
    { value: '|', label: t('imports.pipe') },
  ];
  return known.some((d) => d.value === now) ? known : [...known, { value: now, label: now }];
}

function localInput(instant: string | undefined): string {
  if (instant === undefined) return '';
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="field">
      <span className="label">{label}</span>
      {children}
    </div>
  );
}
