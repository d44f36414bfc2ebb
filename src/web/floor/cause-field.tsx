import { useId, useMemo, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { CauseChoice } from '../../model/recording.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { findCauses, searchable } from './find-cause.ts';

interface CauseField {
  readonly choices: readonly CauseChoice[];
  readonly chosen: CauseChoice | null;
  /** The customer's last cause: first while nothing is typed. */
  readonly likely: string | null;
  readonly field: Ref<HTMLInputElement>;
  readonly onChoose: (choice: CauseChoice | null) => void;
}

/** Finds a cause by words or first letters; ↑ ↓ move, Enter takes. A word that is still being composed is never taken. */
export function CauseField({ choices, chosen, likely, field, onChoose }: CauseField) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const all = useMemo(() => searchable(choices, locale), [choices, locale]);
  const found = useMemo(() => findCauses(all, typed, likely), [all, typed, likely]);
  const now = Math.min(at, Math.max(0, found.length - 1));
  const take = (choice: CauseChoice | undefined): void => {
    if (choice === undefined) return;
    setOpen(false);
    setTyped('');
    setAt(0);
    onChoose(choice);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      setAt((now + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % Math.max(1, found.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (chosen !== null && typed === '') onChoose(chosen);
      else take(found[now]);
    } else if (event.key === 'Escape') setOpen(false);
  };
  return (
    <div className="field">
      <label htmlFor={`${id}-field`}>{t('record.cause')}</label>
      <input
        id={`${id}-field`}
        ref={field}
        className="desk-input big"
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(open && found[now] !== undefined ? { 'aria-activedescendant': `${id}-${now}` } : {})}
        autoComplete="off"
        placeholder={chosen === null ? t('record.causeHint') : ''}
        value={open || chosen === null ? typed : nameOf(chosen.names)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          // The first key over a chosen cause begins a new search.
          const value = !open && chosen !== null ? event.target.value.replace(nameOf(chosen.names), '') : event.target.value;
          setTyped(value);
          setAt(0);
          setOpen(true);
        }}
        onKeyDown={press}
      />
      <ul className="cause-list" role="listbox" id={`${id}-list`} aria-label={t('record.cause')} hidden={!open}>
        {found.map((choice, i) => (
          <li
            key={choice.code}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === now}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setAt(i)}
            onClick={() => take(choice)}
          >
            <span>{nameOf(choice.names)}</span>
            <span className="faint">{choice.above.map(nameOf).join(' › ')}</span>
            {choice.code === likely ? <span className="tag">{t('record.causeLast')}</span> : null}
          </li>
        ))}
      </ul>
      {open && found.length === 0 ? <small>{t('record.causeNone')}</small> : null}
    </div>
  );
}
