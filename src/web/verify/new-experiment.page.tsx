import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { type ExperimentArm, type ExperimentDraft, METRIC_SOURCES, STRATUM_FIELDS, type TriedStrategy } from '../../model/experiment.ts';
import { HANDLING_TIERS } from '../../model/handling.ts';
import { makeExperiment } from '../api/calls.ts';
import { useLocale } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { useVocabulary } from '../kit/vocabulary.ts';
import { draftWants } from './draft-wants.ts';
import './experiment.css';
import { PowerPanel } from './power-panel.tsx';

/** What will be done, to whom, and by what it will be judged: written down before the start. */
export function NewExperimentPage() {
  const { t } = useTranslation();
  const go = useNavigate();
  const cache = useQueryClient();
  const tried = useTried();
  const [draft, setDraft] = useState<ExperimentDraft>(() => ({
    action: null,
    handling: tried === null ? [] : [tried],
    name: '',
    strategy: '',
    arms: [
      { name: t('experiments.firstArms.control'), share: 1 },
      { name: t('experiments.firstArms.treated'), share: 1 },
    ],
    metrics: [{ name: t('experiments.sources.complaint'), source: 'complaint', direction: 'down' }],
    strata: [],
    windowDays: 30,
  }));
  const make = useOnce({
    mutationFn: () => makeExperiment(draft),
    onSuccess: async ({ experiment }) => {
      await cache.invalidateQueries({ queryKey: ['experiments'] });
      void go(`/experiments/${experiment.id}`);
    },
  });
  const wants = draftWants(draft);
  return (
    <div className="page">
      <PageHead name={t('nav.experiments')} words={t('experiments.make')} help={{ doc: 'analyst' }} />
      <div className="aside-right">
        <form
          className="panel pad stack wide"
          onSubmit={(e) => {
            e.preventDefault();
            make.mutate();
          }}
        >
          {draft.handling.map(({ level, tier }) => (
            <p className="note" key={`${level} ${tier}`}>
              {t('experiments.tries')}: {t('experiments.triesOf', { level, tier: t(`handling.tier.${tier}`) })}
            </p>
          ))}
          <DraftFields draft={draft} onChange={setDraft} />
          {make.error === null ? null : <ProblemView error={make.error} />}
          <div className="row">
            <Button type="primary" htmlType="submit" loading={make.isPending} disabled={wants !== null}>
              {t('experiments.save')}
            </Button>
            <span className="faint">{t(`experiments.${wants ?? 'saveNext'}`)}</span>
          </div>
        </form>
        <PowerPanel />
      </div>
    </div>
  );
}

interface Part {
  readonly draft: ExperimentDraft;
  readonly onChange: (draft: ExperimentDraft) => void;
}

function DraftFields({ draft, onChange }: Part) {
  const { t } = useTranslation();
  return (
    <>
      <label className="field">
        <span className="label">{t('experiments.name')}</span>
        <Input value={draft.name} maxLength={100} onChange={(e) => onChange({ ...draft, name: e.target.value })} />
      </label>
      <label className="field">
        <span className="label">{t('experiments.strategy')}</span>
        <Input.TextArea
          rows={2}
          value={draft.strategy}
          maxLength={2000}
          placeholder={t('experiments.strategyHelp')}
          onChange={(e) => onChange({ ...draft, strategy: e.target.value })}
        />
      </label>
      <Arms draft={draft} onChange={onChange} />
      <Metrics draft={draft} onChange={onChange} />
      <div className="form-grid">
        <div className="field">
          <span className="label">{t('experiments.strata')}</span>
          <Select
            mode="multiple"
            maxCount={2}
            aria-label={t('experiments.strata')}
            placeholder={t('experiments.strataNone')}
            value={[...draft.strata]}
            options={STRATUM_FIELDS.map((value) => ({ value, label: t(`experiments.fields.${value}`) }))}
            onChange={(strata) => onChange({ ...draft, strata })}
          />
        </div>
        <label className="field">
          <span className="label">{t('experiments.window')}</span>
          <InputNumber min={1} max={400} value={draft.windowDays} onChange={(days) => onChange({ ...draft, windowDays: days ?? 30 })} />
        </label>
        <TriedAction draft={draft} onChange={onChange} />
      </div>
    </>
  );
}

/** Which of the pack's handling actions the treated get: by it the result is found again where somebody asks whether the action helps. */
function TriedAction({ draft, onChange }: Part) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data: words } = useVocabulary();
  return (
    <div className="field">
      <span className="label">{t('experiments.action')}</span>
      <Select
        allowClear
        aria-label={t('experiments.action')}
        placeholder={t('experiments.actionNone')}
        value={draft.action}
        options={(words?.actions ?? []).map(({ code, names }) => ({ value: code, label: names[locale] }))}
        onChange={(action) => onChange({ ...draft, action: action ?? null })}
      />
      <span className="faint">{t('experiments.actionHelp')}</span>
    </div>
  );
}

/** The strategy of handling from which one came here. */
function useTried(): TriedStrategy | null {
  const [params] = useSearchParams();
  const [level, tier] = [Number(params.get('level')), HANDLING_TIERS.find((one) => one === params.get('tier'))];
  return level >= 1 && level <= 5 && Number.isInteger(level) && tier !== undefined ? { level, tier } : null;
}

const withOffer = ({ name, share }: ExperimentArm, offer: string): ExperimentArm =>
  offer === '' ? { name, share } : { name, share, offer };

const replaced = <T,>(list: readonly T[], at: number, value: T): readonly T[] => list.map((one, i) => (i === at ? value : one));

function Arms({ draft, onChange }: Part) {
  const { t } = useTranslation();
  const { arms } = draft;
  return (
    <fieldset className="plain experiment-rows">
      <legend>{t('experiments.arms')}</legend>
      {arms.map((arm, i) => (
        <div className="experiment-row arm" key={i}>
          <Input
            aria-label={`${t('experiments.armName')} ${i + 1}`}
            value={arm.name}
            maxLength={60}
            onChange={(e) => onChange({ ...draft, arms: replaced(arms, i, { ...arm, name: e.target.value }) })}
          />
          <InputNumber
            aria-label={`${t('experiments.share')} ${i + 1}`}
            prefix={t('experiments.share')}
            style={{ width: '100%' }}
            min={0.01}
            value={arm.share}
            onChange={(share) => onChange({ ...draft, arms: replaced(arms, i, { ...arm, share: share ?? 1 }) })}
          />
          <Input
            aria-label={`${t('experiments.offer')} ${i + 1}`}
            placeholder={t('experiments.offer')}
            value={arm.offer ?? ''}
            maxLength={300}
            onChange={(e) => onChange({ ...draft, arms: replaced(arms, i, withOffer(arm, e.target.value)) })}
          />
          {arms.length < 3 || i === 0 ? null : (
            <Button onClick={() => onChange({ ...draft, arms: arms.filter((_, k) => k !== i) })}>{t('experiments.remove')}</Button>
          )}
        </div>
      ))}
      <div>
        <Button disabled={arms.length >= 6} onClick={() => onChange({ ...draft, arms: [...arms, { name: '', share: 1 }] })}>
          {t('experiments.addArm')}
        </Button>
      </div>
    </fieldset>
  );
}

function Metrics({ draft, onChange }: Part) {
  const { t } = useTranslation();
  const { metrics } = draft;
  return (
    <fieldset className="plain experiment-rows">
      <legend>{t('experiments.metrics')}</legend>
      {metrics.map((metric, i) => (
        <div className="experiment-row" key={i}>
          <Input
            aria-label={`${t('experiments.metricName')} ${i + 1}`}
            value={metric.name}
            maxLength={60}
            onChange={(e) => onChange({ ...draft, metrics: replaced(metrics, i, { ...metric, name: e.target.value }) })}
          />
          <Select
            aria-label={`${t('experiments.source')} ${i + 1}`}
            value={metric.source}
            options={METRIC_SOURCES.map((value) => ({ value, label: t(`experiments.sources.${value}`) }))}
            onChange={(source) => onChange({ ...draft, metrics: replaced(metrics, i, { ...metric, source }) })}
          />
          <Select
            aria-label={`${t('experiments.direction')} ${i + 1}`}
            value={metric.direction}
            options={(['down', 'up'] as const).map((value) => ({ value, label: t(`experiments.${value}`) }))}
            onChange={(direction) => onChange({ ...draft, metrics: replaced(metrics, i, { ...metric, direction }) })}
          />
          {metrics.length < 2 ? null : (
            <Button onClick={() => onChange({ ...draft, metrics: metrics.filter((_, k) => k !== i) })}>{t('experiments.remove')}</Button>
          )}
        </div>
      ))}
      <div>
        <Button
          disabled={metrics.length >= 8}
          onClick={() => onChange({ ...draft, metrics: [...metrics, { name: '', source: 'outcome', direction: 'down' }] })}
        >
          {t('experiments.addMetric')}
        </Button>
      </div>
    </fieldset>
  );
}
