import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Specialist, SpecialistDraft } from '../../../model/peaks.ts';
import { useNameOf } from '../../kit/locale.ts';
import { ProblemView } from '../../kit/problem-view.tsx';
import { useOnce } from '../../kit/use-once.ts';
import { useVocabulary } from '../../kit/vocabulary.ts';
import { organisation } from '../../people/people-api.ts';
import { addSpecialist, saveSpecialist } from './calls.ts';
import { Field, NumberField } from './field.tsx';

const NEW: SpecialistDraft = {
  minutes: [240, 240, 240, 240, 240, 0, 0],
  minutes_per_call: 12,
  categories: [],
  segments: [],
  duties: '',
  active: true,
};
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const draftOf = ({ minutes, minutes_per_call, categories, segments, duties, active }: SpecialistDraft): SpecialistDraft => ({
  minutes,
  minutes_per_call,
  categories,
  segments,
  duties,
  active,
});

/** Hours, and what is somebody's duty. */
export function SpecialistForm({ specialist, onClose }: { readonly specialist: Specialist | null; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [draft, change] = useState<SpecialistDraft>(specialist === null ? NEW : draftOf(specialist));
  const [who, choose] = useState({ member: '', city: '' });
  const set = (more: Partial<SpecialistDraft>): void => change({ ...draft, ...more });
  const save = useOnce({
    mutationFn: () =>
      specialist === null ? addSpecialist({ ...who, ...draft }) : saveSpecialist(specialist.id, specialist.version, draft),
    onSuccess: onClose,
    onSettled: () => Promise.all(['specialists', 'peaks'].map((name) => cache.invalidateQueries({ queryKey: [name] }))),
  });
  const footer = (
    <div className="row">
      <Button
        type="primary"
        disabled={specialist === null && (who.member === '' || who.city === '')}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        {t('common.save')}
      </Button>
      <Button onClick={onClose}>{t('common.cancel')}</Button>
    </div>
  );
  return (
    <Drawer
      open
      onClose={onClose}
      title={specialist === null ? t('peaks.add') : t('peaks.changeOf', { name: specialist.member.name })}
      size={560}
      footer={footer}
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <div className="stack wide">
        {save.error === null ? null : (
          <ProblemView
            error={save.error}
            names={{ member: t('peaks.member'), categories: t('peaks.categories'), segments: t('peaks.segments') }}
          />
        )}
        {specialist === null ? <Who who={who} onChange={choose} /> : null}
        <Week minutes={draft.minutes} onChange={(minutes) => set({ minutes })} />
        <NumberField
          label={t('peaks.minutesPerCall')}
          value={draft.minutes_per_call}
          onChange={(minutes_per_call) => set({ minutes_per_call })}
        />
        <Assigned draft={draft} onChange={set} />
        <Field label={t('peaks.duties')}>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={3}
              maxLength={1000}
              value={draft.duties}
              onChange={(event) => set({ duties: event.target.value })}
            />
          )}
        </Field>
        <Checkbox checked={draft.active} onChange={(event) => set({ active: event.target.checked })}>
          {t('peaks.active')}
        </Checkbox>
      </div>
    </Drawer>
  );
}

interface Whom {
  readonly member: string;
  readonly city: string;
}

function Who({ who, onChange }: { readonly who: Whom; readonly onChange: (who: Whom) => void }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const members = useQuery({ queryKey: ['organisation'], queryFn: organisation, staleTime: 300_000 }).data?.members ?? [];
  const cities = useVocabulary().data?.regions.filter((one) => one.level === 'city') ?? [];
  return (
    <>
      <Field label={t('peaks.member')}>
        {(id) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            style={{ width: '100%' }}
            value={who.member === '' ? null : who.member}
            options={members.map((one) => ({ value: one.id, label: `${one.name} · ${one.login}` }))}
            onChange={(member: string) => onChange({ ...who, member })}
          />
        )}
      </Field>
      <Field label={t('peaks.city')}>
        {(id) => (
          <Select
            id={id}
            style={{ width: '100%' }}
            value={who.city === '' ? null : who.city}
            options={cities.map((one) => ({ value: one.code, label: nameOf(one.names) }))}
            onChange={(city: string) => onChange({ ...who, city })}
          />
        )}
      </Field>
    </>
  );
}

function Week({ minutes, onChange }: { readonly minutes: readonly number[]; readonly onChange: (minutes: number[]) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className="numbers-line" style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>{t('peaks.minutes')}</legend>
      <div className="week-line">
        {WEEKDAYS.map((day, i) => (
          <span key={day}>
            <label htmlFor={`${id}-${day}`}>{t(`peaks.weekdays.${day}`)}</label>
            <input
              id={`${id}-${day}`}
              className="date-input"
              type="number"
              min={0}
              max={960}
              value={minutes[i] ?? 0}
              onChange={(event) => onChange(minutes.map((value, at) => (at === i ? Number(event.target.value) : value)))}
            />
          </span>
        ))}
      </div>
    </fieldset>
  );
}

function Assigned({ draft, onChange }: { readonly draft: SpecialistDraft; readonly onChange: (more: Partial<SpecialistDraft>) => void }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const words = useVocabulary().data;
  const named = (list: readonly { readonly code: string; readonly names: { readonly zh: string; readonly en: string } }[] = []) =>
    list.map((one) => ({ value: one.code, label: nameOf(one.names) }));
  return (
    <>
      <Field label={t('peaks.categories')}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            style={{ width: '100%' }}
            value={[...draft.categories]}
            options={named(words?.categories)}
            onChange={(categories: string[]) => onChange({ categories })}
          />
        )}
      </Field>
      <Field label={t('peaks.segments')}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            style={{ width: '100%' }}
            value={[...draft.segments]}
            options={named(words?.segments)}
            onChange={(segments: string[]) => onChange({ segments })}
          />
        )}
      </Field>
    </>
  );
}
