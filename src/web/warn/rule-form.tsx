import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createRule, saveRule } from '../api/calls.ts';
import type { RuleDraft } from '../../model/alarm.ts';
import type { RuleRow } from '../../model/alarm-views.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { RulePreviewPart } from './rule-preview.tsx';
import { ReadsAs, RuleRest, RuleSentence } from './rule-sentence.tsx';

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
      size={640}
      footer={footer}
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <div className="stack wide">
        {save.error === null ? null : <ProblemView error={save.error} names={names} />}
        <RuleSentence draft={draft} onChange={setDraft} />
        <RuleRest draft={draft} onChange={setDraft} />
        <ReadsAs draft={draft} />
        <RulePreviewPart draft={draft} names={names} />
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
