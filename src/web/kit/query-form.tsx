import { Button, Input, Select } from 'antd';
import { memo, useCallback, useId, useMemo, useState } from 'react';
import type { FormEvent, KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type QueryValues = Readonly<Record<string, readonly string[]>>;

interface FieldBase {
  readonly name: string;
  readonly label: string;
}
export type QueryField = FieldBase &
  (
    | { readonly kind: 'text'; readonly placeholder?: string }
    | { readonly kind: 'choice' | 'choices'; readonly options: readonly { readonly value: string; readonly label: string }[] }
    | { readonly kind: 'own'; readonly draw: (value: readonly string[], set: (value: readonly string[]) => void) => ReactNode }
  );

interface QueryForm {
  readonly fields: readonly QueryField[];
  /** What is asked for now: the form begins anew whenever it changes. */
  readonly values: QueryValues;
  /** How many fields stand in sight before “more”. */
  readonly first?: number;
  readonly onQuery: (values: QueryValues) => void;
  readonly onReset: () => void;
  /** Beside the keys: a filter that has no field. */
  readonly more?: ReactNode;
  /** Below the fields: chips of what has no field of its own. */
  readonly children?: ReactNode;
}

const NONE: readonly string[] = [];
const isSet = (value: readonly string[] | undefined): boolean => (value ?? NONE).some((one) => one !== '');

/** The form on top of a list: nothing is asked until 查询 or Enter, and a half-typed Chinese word is no Enter. */
export function QueryForm({ fields, values, first = 3, onQuery, onReset, more, children }: QueryForm) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<QueryValues>(values);
  // What limits the list is never folded away.
  const isWide = (): boolean => fields.slice(first).some((field) => isSet(values[field.name]));
  const [open, setOpen] = useState(isWide);
  const text = JSON.stringify(values);
  const [asked, setAsked] = useState(text);
  // Begun anew in place: made anew, its fields would cost a press more than the list does, and lose the focus.
  if (text !== asked) {
    setAsked(text);
    setDraft(values);
    setOpen(isWide());
  }
  const change = useCallback((name: string, value: readonly string[]) => setDraft((old) => ({ ...old, [name]: value })), []);
  const shown = open ? fields : fields.slice(0, first);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onQuery(draft);
  };
  return (
    <form className="query-form" role="search" onSubmit={submit} onKeyDown={keepComposing}>
      <div className={`query-fields ${open ? '' : 'folded'}`}>
        {shown.map((field) => (
          <Field key={field.name} field={field} value={draft[field.name] ?? NONE} onChange={change} />
        ))}
        <div className="query-keys">
          <Button type="primary" htmlType="submit">
            {t('query.submit')}
          </Button>
          <Button onClick={onReset}>{t('query.reset')}</Button>
          {fields.length < 2 ? null : (
            <button
              type="button"
              className={`tool ${fields.length <= first ? 'phone-only' : ''}`}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {open ? t('query.less') : t('query.more')}
            </button>
          )}
          {more}
        </div>
      </div>
      {children === undefined || children === null ? null : <div className="row">{children}</div>}
    </form>
  );
}

/** Enter that ends a word of an input method belongs to the input method. */
function keepComposing(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key === 'Enter' && event.nativeEvent.isComposing) event.preventDefault();
}

const Field = memo(function Field({
  field,
  value,
  onChange: change,
}: {
  readonly field: QueryField;
  readonly value: readonly string[];
  readonly onChange: (name: string, value: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const options = useMemo(() => ('options' in field ? [...field.options] : []), [field]);
  const onChange = (next: readonly string[]): void => change(field.name, next);
  return (
    <div className={`field ${isSet(value) ? 'is-set' : ''}`}>
      <label htmlFor={id}>{field.label}</label>
      {field.kind === 'text' ? (
        <Input
          id={id}
          allowClear
          value={value[0] ?? ''}
          {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
          onChange={(e) => onChange(e.target.value === '' ? NONE : [e.target.value])}
        />
      ) : field.kind === 'own' ? (
        <span className="row" id={id}>
          {field.draw(value, onChange)}
        </span>
      ) : field.kind === 'choice' ? (
        <Select
          id={id}
          allowClear
          aria-label={field.label}
          placeholder={t('query.any')}
          value={value[0] ?? null}
          options={options}
          onChange={(one?: string) => onChange(one === undefined ? NONE : [one])}
        />
      ) : (
        <Select
          id={id}
          mode="multiple"
          allowClear
          aria-label={field.label}
          placeholder={t('query.any')}
          maxTagCount="responsive"
          showSearch={{ optionFilterProp: 'label' }}
          value={[...value]}
          options={options}
          onChange={(many: string[]) => onChange(many)}
        />
      )}
    </div>
  );
});
