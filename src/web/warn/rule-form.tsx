import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '../../model/alarm.ts';
import type { Severity } from '../../model/alarm.ts';
import { createRule, saveRule } from '../api/calls.ts';
import type { RuleDraft } from '../api/calls.ts';
import type { RuleRow } from '../api/types.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';
import { useOnce } from '../kit/use-once.ts';
import { RuleConditions } from './rule-conditions.tsx';

const FRESH: RuleDraft = {
  names: { zh: '', en: '' },
  dimension: 'community',
  where: [],
  windowMinutes: 60,
  threshold: 20,
  holdMinutes: 0,
  department: '',
  severity: 'serious',
  recipients: [],
  enabled: true,
};

function draftOf(rule: RuleRow): RuleDraft {
  const { names, dimension, where, windowMinutes, threshold, holdMinutes, department, severity, recipients, enabled } = rule;
  return { names, dimension, where, windowMinutes, threshold, holdMinutes, department, severity, recipients, enabled };
}

/** Make or change a rule; a stale version is refused and said so. */
export function RuleForm({ rule, onClose }: { readonly rule: RuleRow | null; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const names = useFieldNames();
  const [draft, setDraft] = useState<RuleDraft>(rule === null ? FRESH : draftOf(rule));
  const save = useOnce({
    mutationFn: () => (rule === null ? createRule(draft) : saveRule(rule.id, rule.version, draft)),
    onSuccess: onClose,
    onSettled: () => cache.invalidateQueries({ queryKey: ['rules'] }),
  });
  const footer = (
    <div className="row">
      <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
        {t('common.save')}
      </Button>
      <Button onClick={onClose}>{t('common.cancel')}</Button>
    </div>
  );
  return (
    <Drawer
      open
      onClose={onClose}
      title={t(rule === null ? 'rules.new' : 'rules.edit')}
      size={560}
      footer={footer}
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <div className="stack wide">
        {save.error === null ? null : <ProblemView error={save.error} names={names} />}
        <Fields draft={draft} onChange={setDraft} />
      </div>
    </Drawer>
  );
}

function useFieldNames(): Readonly<Record<string, string>> {
  const { t } = useTranslation();
  return {
    'names.zh': t('rules.nameZh'),
    'names.en': t('rules.nameEn'),
    dimension: t('rules.entity'),
    where: t('rules.conditions'),
    threshold: t('rules.threshold'),
    windowMinutes: t('rules.window'),
    holdMinutes: t('rules.hold'),
    department: t('rules.department'),
    severity: t('rules.severity'),
    recipients: t('rules.recipients'),
  };
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="field">
      <span className="label">{label}</span>
      {children}
    </div>
  );
}

const ENTITIES = ['community', 'cell', 'district', 'city', 'plan', 'product', 'unit', 'category'];

function Fields({ draft, onChange }: { readonly draft: RuleDraft; readonly onChange: (draft: RuleDraft) => void }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const departments = (useVocabulary().data?.departments ?? []).map((d) => ({ value: d.code, label: labels.value('department', d.code) }));
  const set = (part: Partial<RuleDraft>) => onChange({ ...draft, ...part });
  const whole = (name: 'threshold' | 'windowMinutes' | 'holdMinutes', label: string, min: number) => (
    <Field label={label}>
      <InputNumber
        aria-label={label}
        min={min}
        precision={0}
        value={draft[name]}
        style={{ width: '100%' }}
        onChange={(v) => set({ [name]: v ?? min })}
      />
    </Field>
  );
  return (
    <>
      <div className="form-grid">
        <Field label={t('rules.nameZh')}>
          <Input
            aria-label={t('rules.nameZh')}
            value={draft.names.zh}
            onChange={(e) => set({ names: { ...draft.names, zh: e.target.value } })}
          />
        </Field>
        <Field label={t('rules.nameEn')}>
          <Input
            aria-label={t('rules.nameEn')}
            value={draft.names.en}
            onChange={(e) => set({ names: { ...draft.names, en: e.target.value } })}
          />
        </Field>
      </div>
      <Field label={t('rules.entity')}>
        <Select
          aria-label={t('rules.entity')}
          value={draft.dimension}
          options={ENTITIES.map((value) => ({ value, label: labels.dimension(value) }))}
          onChange={(dimension: string) => set({ dimension })}
        />
      </Field>
      <Field label={t('rules.conditions')}>
        <RuleConditions where={draft.where} onChange={(where) => set({ where })} />
      </Field>
      <div className="form-grid">
        {whole('threshold', t('rules.threshold'), 1)}
        {whole('windowMinutes', t('rules.window'), 1)}
        {whole('holdMinutes', t('rules.hold'), 0)}
        <Field label={t('rules.severity')}>
          <Select
            aria-label={t('rules.severity')}
            value={draft.severity}
            options={SEVERITIES.map((value) => ({ value, label: t(`states.severity.${value}`) }))}
            onChange={(severity: Severity) => set({ severity })}
          />
        </Field>
        <Field label={t('rules.department')}>
          <Select
            aria-label={t('rules.department')}
            value={draft.department === '' ? null : draft.department}
            options={departments}
            onChange={(department: string) => set({ department })}
          />
        </Field>
      </div>
      <Field label={t('rules.recipients')}>
        <Select
          aria-label={t('rules.recipients')}
          mode="tags"
          open={false}
          suffixIcon={null}
          value={[...draft.recipients]}
          onChange={(recipients: string[]) => set({ recipients })}
        />
      </Field>
      <Field label={t('rules.enabled')}>
        <span>
          <Switch aria-label={t('rules.enabled')} checked={draft.enabled} onChange={(enabled) => set({ enabled })} />
        </span>
      </Field>
    </>
  );
}
