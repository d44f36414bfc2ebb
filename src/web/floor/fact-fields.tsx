import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CHANNELS } from '../../model/voice.ts';
import { EFFECTS, RESPONSIBLE } from '../../model/recording.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { type Draft, solved } from './record-draft.ts';

interface Fields {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

const TICKS = ['problem', 'upset', 'online', 'insists', 'explained', 'replied'] as const;
const KEY: Readonly<Partial<Record<(typeof TICKS)[number], string>>> = { upset: 'F2', online: 'F4', insists: 'F8', explained: 'F9' };

/** What is true of the contact; the frequent ones have a key of their own. */
export function Ticks({ draft, onChange }: Fields) {
  const { t } = useTranslation();
  return (
    <div className="ticks">
      {TICKS.map((name) => (
        <label key={name} className="tick">
          <input
            type="checkbox"
            checked={draft[name]}
            onChange={(event) =>
              onChange(name === 'online' ? solved(draft, event.target.checked) : { ...draft, [name]: event.target.checked })
            }
          />
          {t(`record.${name}`)}
          {KEY[name] === undefined ? null : <kbd>{KEY[name]}</kbd>}
        </label>
      ))}
    </div>
  );
}

/** The other facts of the recording standard: each has a default, so that none of them costs time. */
export function OtherFacts({ draft, onChange }: Fields) {
  const { t } = useTranslation();
  const labels = useLabels();
  return (
    <div className="form-grid">
      <Choice
        label={t('record.responsible')}
        value={draft.responsible}
        options={RESPONSIBLE.map((value) => [value, t(`record.responsibleValue.${value}`)] as const)}
        onChange={(responsible) => onChange({ ...draft, responsible })}
      />
      <Choice
        label={t('record.effect')}
        value={draft.effect}
        options={EFFECTS.map((value) => [value, t(`record.effectValue.${value}`)] as const)}
        onChange={(effect) => onChange({ ...draft, effect })}
      />
      <Choice
        label={t('record.channel')}
        value={draft.channel}
        options={CHANNELS.map((value) => [value, labels.value('channel', value)] as const)}
        onChange={(channel) => onChange({ ...draft, channel })}
      />
      <Line
        label={t('record.times')}
        number
        value={String(draft.times)}
        onChange={(times) => onChange({ ...draft, times: timesOf(times), timesTyped: true })}
      />
      <Line label={t('record.demand')} value={draft.demand} onChange={(demand) => onChange({ ...draft, demand })} />
      <Line label={t('record.solution')} value={draft.solution} onChange={(solution) => onChange({ ...draft, solution })} />
      <div className="field">
        <span className="label">{t('record.startedAt')}</span>
        <span>{draft.startedAt === null ? t('record.startedNow') : <When at={draft.startedAt} />}</span>
      </div>
    </div>
  );
}

const timesOf = (typed: string): number => Math.min(1000, Math.max(1, Math.round(Number(typed)) || 1));

function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="desk-input" value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Line({
  label,
  value,
  number = false,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly number?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="desk-input"
        maxLength={500}
        {...(number ? { type: 'number', min: 1, max: 1000 } : {})}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
