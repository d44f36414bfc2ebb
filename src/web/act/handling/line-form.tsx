import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Input, InputNumber, Select } from 'antd';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandlingChange } from '../../../model/handling.ts';
import type { Names } from '../../../model/question.ts';
import { ProblemView } from '../../kit/problem-view.tsx';
import { useOnce } from '../../kit/use-once.ts';
import { useVocabulary } from '../../kit/vocabulary.ts';
import { useNameOf } from '../../kit/locale.ts';
import { changeLine } from './calls.ts';

/** One line of handling is changed: both languages, and a reason that is kept with the version. */
export function LineForm({
  line,
  version,
  onClose,
}: {
  readonly line: HandlingChange;
  readonly version: number;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [draft, change] = useState(line);
  const [reason, say] = useState('');
  const save = useOnce({
    mutationFn: () => changeLine(draft, version, reason.trim()),
    onSuccess: onClose,
    onSettled: () =>
      Promise.all([cache.invalidateQueries({ queryKey: ['handling'] }), cache.invalidateQueries({ queryKey: ['handling-cost'] })]),
  });
  const footer = (
    <div className="row">
      <Button type="primary" disabled={reason.trim() === ''} loading={save.isPending} onClick={() => save.mutate()}>
        {t('common.save')}
      </Button>
      <Button onClick={onClose}>{t('common.cancel')}</Button>
    </div>
  );
  return (
    <Drawer open onClose={onClose} title={t('handling.edit')} size={520} footer={footer} styles={{ wrapper: { maxWidth: '100vw' } }}>
      <div className="stack wide">
        {save.error === null ? null : <ProblemView error={save.error} />}
        <Fields draft={draft} onChange={change} />
        <Field label={t('handling.reason')}>
          {(id) => <Input id={id} value={reason} maxLength={500} onChange={(e) => say(e.target.value)} />}
        </Field>
      </div>
    </Drawer>
  );
}

function Fields({ draft, onChange }: { readonly draft: HandlingChange; readonly onChange: (draft: HandlingChange) => void }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const departments = useVocabulary().data?.departments ?? [];
  switch (draft.kind) {
    case 'expectation': {
      const { value } = draft;
      const set = (more: Partial<typeof value>): void => onChange({ ...draft, value: { ...value, ...more } });
      return (
        <>
          <Both label={t('handling.expectation')} names={value.expectation} onChange={(expectation) => set({ expectation })} />
          <Both label={t('handling.solution')} names={value.solution} onChange={(solution) => set({ solution })} />
          <Field label={t('handling.department')}>
            {(id) => (
              <Select
                id={id}
                style={{ width: '100%' }}
                value={value.department}
                options={departments.map((one) => ({ value: one.code, label: nameOf(one.names) }))}
                onChange={(department: string) => set({ department })}
              />
            )}
          </Field>
        </>
      );
    }
    case 'strategy': {
      const { value } = draft;
      const set = (more: Partial<typeof value>): void => onChange({ ...draft, value: { ...value, ...more } });
      return (
        <>
          <Both label={t('handling.who')} names={value.who} onChange={(who) => set({ who })} />
          <Number label={t('handling.withinTitle')} value={value.within_hours} onChange={(within_hours) => set({ within_hours })} />
          <Both label={t('handling.offer')} names={value.offer} onChange={(offer) => set({ offer })} />
        </>
      );
    }
    case 'cost': {
      const { value } = draft;
      const set = (more: Partial<typeof value>): void => onChange({ ...draft, value: { ...value, ...more } });
      return (
        <>
          <Number label={t('handling.unitCost')} value={value.unit_cost} onChange={(unit_cost) => set({ unit_cost })} />
          <Number label={t('handling.low')} value={value.low} onChange={(low) => set({ low })} />
          <Number label={t('handling.high')} value={value.high} onChange={(high) => set({ high })} />
          <Checkbox checked={value.assumption} onChange={(e) => set({ assumption: e.target.checked })}>
            {t('handling.assumption')}
          </Checkbox>
        </>
      );
    }
  }
}

function Field({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

function Both({ label, names, onChange }: { readonly label: string; readonly names: Names; readonly onChange: (names: Names) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Field label={`${label} · ${t('handling.zh')}`}>
        {(id) => <Input id={id} value={names.zh} maxLength={300} onChange={(e) => onChange({ ...names, zh: e.target.value })} />}
      </Field>
      <Field label={`${label} · ${t('handling.en')}`}>
        {(id) => <Input id={id} value={names.en} maxLength={300} onChange={(e) => onChange({ ...names, en: e.target.value })} />}
      </Field>
    </>
  );
}

function Number({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  return <Field label={label}>{(id) => <InputNumber id={id} min={0} value={value} onChange={(next) => onChange(next ?? 0)} />}</Field>;
}
