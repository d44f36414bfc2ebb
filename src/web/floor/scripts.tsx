import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Names } from '../../model/question.ts';
import { useNameOf } from '../kit/locale.ts';
import type { Draft } from './record-draft.ts';

/** What to explain. Where there are several, the one that was given is noted; F9 notes the one that is chosen, else the usual one. */
export function Scripts({
  scripts,
  draft,
  onChange,
}: {
  readonly scripts: readonly Names[];
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const name = useId();
  if (scripts.length < 2)
    return (
      <blockquote className="said-quote">
        <span className="faint">{t('record.script')}</span>
        <br />
        {scripts[0] === undefined ? '–' : nameOf(scripts[0])}
      </blockquote>
    );
  return (
    <fieldset className="plain said-quote stack" style={{ gap: 6 }}>
      <legend className="faint">{t('record.scripts', { count: scripts.length })}</legend>
      {scripts.map((script, i) => (
        <label key={script.en} className="row" style={{ alignItems: 'flex-start', flexWrap: 'nowrap' }}>
          <input
            type="radio"
            name={name}
            checked={draft.explained ? (draft.script ?? 0) === i : draft.script === i}
            onChange={() => onChange({ ...draft, script: i, explained: true })}
          />
          <span>{nameOf(script)}</span>
        </label>
      ))}
    </fieldset>
  );
}
