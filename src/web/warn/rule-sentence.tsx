import { Input, InputNumber, Select, Switch } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '../../model/alarm.ts';
import type { Severity } from '../../model/alarm.ts';
import type { RuleDraft } from '../../model/alarm.ts';
import { duration } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { SeverityMark } from '../kit/states.tsx';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';
import { RuleConditions } from './rule-conditions.tsx';
import { useRuleSentence } from './rule-words.ts';

interface Drafting {
  readonly draft: RuleDraft;
  readonly onChange: (draft: RuleDraft) => void;
}

const ENTITIES = ['community', 'cell', 'district', 'city', 'plan', 'product', 'unit', 'category'];
const WINDOWS = [30, 60, 180, 480, 1440, 2880];

/** The rule is written by filling its own sentence in. */
export function RuleSentence({ draft, onChange }: Drafting) {
  const { t } = useTranslation();
  const labels = useLabels();
  const departments = (useVocabulary().data?.departments ?? []).map((d) => ({ value: d.code, label: labels.value('department', d.code) }));
  const set = (part: Partial<RuleDraft>) => onChange({ ...draft, ...part });
  const whole = (name: 'threshold' | 'windowMinutes' | 'holdMinutes', label: string, min: number) => (
    <InputNumber
      aria-label={label}
      min={min}
      precision={0}
      value={draft[name]}
      style={{ width: 88 }}
      onChange={(v) => set({ [name]: v ?? min })}
    />
  );
  return (
    <section className="stack">
      <h3>{t('rules.when')}</h3>
      <div className="sentence">
        <span>{t('rules.say.each')}</span>
        <Select
          aria-label={t('rules.entity')}
          value={draft.dimension}
          style={{ minWidth: 120 }}
          options={ENTITIES.map((value) => ({ value, label: labels.dimension(value) }))}
          onChange={(dimension: string) => set({ dimension })}
        />
        <span>{t(draft.where.length === 0 ? 'rules.say.all' : 'rules.say.only')}</span>
      </div>
      <RuleConditions where={draft.where} onChange={(where) => set({ where })} />
      <div className="sentence">
        <span>{t('rules.say.within')}</span>
        {whole('windowMinutes', t('rules.window'), 1)}
        <span>{t('rules.say.minutes')}</span>
        {whole('threshold', t('rules.threshold'), 1)}
        <span>{t('rules.say.voices')}</span>
        <span>{t('rules.say.holding')}</span>
        {whole('holdMinutes', t('rules.hold'), 0)}
        <span>{t('rules.say.holdMinutes')}</span>
      </div>
      <Windows now={draft.windowMinutes} onChoose={(windowMinutes) => set({ windowMinutes })} />
      <div className="sentence">
        <span>{t('rules.say.raise')}</span>
        <Select
          aria-label={t('rules.severity')}
          value={draft.severity}
          style={{ minWidth: 110 }}
          options={SEVERITIES.map((value) => ({ value, label: <SeverityMark severity={value} /> }))}
          onChange={(severity: Severity) => set({ severity })}
        />
        <span>{t('rules.say.severity')}</span>
        <Select
          aria-label={t('rules.department')}
          placeholder={t('rules.department')}
          value={draft.department === '' ? null : draft.department}
          style={{ minWidth: 140 }}
          options={departments}
          onChange={(department: string) => set({ department })}
        />
        <span>{t('rules.say.tell')}</span>
        <Select
          aria-label={t('rules.recipients')}
          placeholder={t('rules.recipients')}
          mode="tags"
          open={false}
          suffixIcon={null}
          style={{ minWidth: 220, flex: 1 }}
          value={[...draft.recipients]}
          onChange={(recipients: string[]) => set({ recipients })}
        />
        <span>{t('rules.say.end')}</span>
      </div>
    </section>
  );
}

/** The windows that people use; any other is typed. */
function Windows({ now, onChoose }: { readonly now: number; readonly onChoose: (minutes: number) => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <div className="row" role="group" aria-label={t('rules.presets')}>
      {WINDOWS.map((minutes) => (
        <button key={minutes} type="button" className="key" aria-pressed={minutes === now} onClick={() => onChoose(minutes)}>
          {duration(minutes, locale)}
        </button>
      ))}
    </div>
  );
}

export function RuleRest({ draft, onChange }: Drafting) {
  const { t } = useTranslation();
  const id = useId();
  const name = (locale: 'zh' | 'en', label: string) => (
    <div className="field">
      <label htmlFor={`${id}-${locale}`}>{label}</label>
      <Input
        id={`${id}-${locale}`}
        value={draft.names[locale]}
        maxLength={100}
        onChange={(e) => onChange({ ...draft, names: { ...draft.names, [locale]: e.target.value } })}
      />
    </div>
  );
  return (
    <section className="stack">
      <div className="form-grid">
        {name('zh', t('rules.nameZh'))}
        {name('en', t('rules.nameEn'))}
      </div>
      <label className="tick">
        <Switch checked={draft.enabled} onChange={(enabled) => onChange({ ...draft, enabled })} />
        {t('rules.enabled')}
      </label>
    </section>
  );
}

/** What will be kept, read back before it is saved. */
export function ReadsAs({ draft }: { readonly draft: RuleDraft }) {
  const { t } = useTranslation();
  const sentence = useRuleSentence();
  const labels = useLabels();
  const told = draft.recipients.length;
  const department = draft.department === '' ? t('rules.department') : labels.value('department', draft.department);
  return (
    <div className="note">
      <span className="faint">{t('rules.readsAs')}</span>
      <p>
        <SeverityMark severity={draft.severity} /> {sentence(draft)}
      </p>
      <p className="quiet">{told === 0 ? t('rules.tellManagers', { department }) : t('rules.tellThese', { count: told })}</p>
    </div>
  );
}
