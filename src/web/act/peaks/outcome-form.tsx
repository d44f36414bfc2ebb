import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ATTITUDES, type CallOutcome, type CallRow, SOLVED } from '../../../model/peaks.ts';
import { ProblemView } from '../../kit/problem-view.tsx';
import { useOnce } from '../../kit/use-once.ts';
import { recordCall } from './calls.ts';
import { Field } from './field.tsx';

const EMPTY: CallOutcome = { reached: true, attitude: null, promise: '', solved: null, note: '' };

/** What came of a call, by keyboard alone: arrows choose, Ctrl+Enter saves. */
export function OutcomeForm({
  call,
  onDone,
  children,
}: {
  readonly call: Pick<CallRow, 'id' | 'version'>;
  readonly onDone: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const [draft, change] = useState<CallOutcome>(EMPTY);
  const set = (more: Partial<CallOutcome>): void => change({ ...draft, ...more });
  const outcome = draft.reached ? draft : { ...draft, attitude: null, solved: null };
  const save = useOnce({ mutationFn: () => recordCall(call, outcome), onSuccess: onDone });
  const names = { attitude: t('peaks.attitude'), solved: t('peaks.solved') };
  return (
    <form
      className="stack wide"
      aria-label={t('peaks.record')}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) save.mutate();
      }}
    >
      <h3>{t('peaks.record')}</h3>
      {save.error === null ? null : <ProblemView error={save.error} names={names} />}
      <Choice
        name={t('peaks.wasReached')}
        value={draft.reached ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: t('peaks.reached') },
          { value: 'no', label: t('peaks.notReached') },
        ]}
        onChange={(value) => set({ reached: value === 'yes' })}
      />
      {draft.reached ? (
        <>
          <Choice
            name={t('peaks.attitude')}
            value={draft.attitude}
            options={ATTITUDES.map((value) => ({ value, label: t(`peaks.attitudes.${value}`) }))}
            onChange={(value) => set({ attitude: ATTITUDES.find((one) => one === value) ?? null })}
          />
          <Choice
            name={t('peaks.solved')}
            value={draft.solved}
            options={SOLVED.map((value) => ({ value, label: t(`peaks.solveds.${value}`) }))}
            onChange={(value) => set({ solved: SOLVED.find((one) => one === value) ?? null })}
          />
          <Field label={t('peaks.promise')}>
            {(id) => <Input id={id} maxLength={500} value={draft.promise} onChange={(event) => set({ promise: event.target.value })} />}
          </Field>
        </>
      ) : null}
      <Field label={t('peaks.note')}>
        {(id) => (
          <Input.TextArea id={id} rows={2} maxLength={2000} value={draft.note} onChange={(event) => set({ note: event.target.value })} />
        )}
      </Field>
      <div className="row">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('common.save')}
        </Button>
        {children}
        <span className="faint">{t('peaks.keys')}</span>
      </div>
    </form>
  );
}

function Choice({
  name,
  value,
  options,
  onChange,
}: {
  readonly name: string;
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <fieldset className="numbers-line" style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>{name}</legend>
      <Radio.Group value={value} options={[...options]} onChange={(event) => onChange(String(event.target.value))} />
    </fieldset>
  );
}
