import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HANDLING_TIERS } from '../../../model/handling.ts';
import type { PeakSettings, PeakVersion } from '../../../model/peaks.ts';
import { Answered } from '../../kit/answered.tsx';
import { percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useMay } from '../../kit/me.ts';
import { NewerVersion } from '../../kit/newer-version.tsx';
import { PageHead } from '../../kit/page-head.tsx';
import { ProblemView } from '../../kit/problem-view.tsx';
import { useOnce } from '../../kit/use-once.ts';
import { useVersionedDraft } from '../../kit/versioned-draft.ts';
import { When } from '../../kit/when.tsx';
import { peakSettings, savePeakSettings } from './calls.ts';
import { Field, NumberField } from './field.tsx';
import { MeasuredEffects } from './measured-effects.tsx';

/** What lines and expectations follow from; an assumption says that it is one, and every change has its reason. */
export function SettingsPart({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['peak-settings'], queryFn: peakSettings });
  return (
    <div className="page">
      <PageHead name={t('peaks.name')} words={t('peaks.settingsWords')} />
      {tabs}
      <Answered query={query} rows={8}>
        {({ versions }) => {
          const [current] = versions;
          return current === undefined ? null : (
            <>
              <SettingsForm current={current} />
              <MeasuredEffects seen={current.version} />
              <History versions={versions} />
            </>
          );
        }}
      </Answered>
    </div>
  );
}

function SettingsForm({ current }: { readonly current: PeakVersion }) {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const form = useVersionedDraft<PeakSettings>(current);
  const { draft, change, seen } = form;
  const [reason, say] = useState('');
  const save = useOnce({
    mutationFn: (settings: PeakSettings) => savePeakSettings(settings, seen, reason.trim()),
    onSuccess: ({ version }, settings) => {
      form.saved({ version, settings });
      say('');
    },
    onSettled: () => Promise.all(['peak-settings', 'peaks', 'peak-comforts'].map((name) => cache.invalidateQueries({ queryKey: [name] }))),
  });
  const { effect } = draft;
  const setEffect = (more: Partial<PeakSettings['effect']>): void => change({ ...draft, effect: { ...effect, ...more, experiment: null } });
  const names = { hold_out: t('peaks.holdOut'), 'effect.low': t('peaks.low'), 'effect.high': t('peaks.high') };
  return (
    <section className="panel pad stack wide" aria-label={t('peaks.tab.settings')}>
      <NewerVersion form={form} />
      {save.error === null ? null : <ProblemView error={save.error} names={names} />}
      <h2>
        {t('peaks.shareValue')}{' '}
        <span className="tag">{effect.experiment === null ? t('peaks.assumed') : `${t('peaks.measured')}：${effect.experiment.name}`}</span>
      </h2>
      <div className="row">
        <NumberField label={t('peaks.shareValue')} step={0.05} value={effect.value} onChange={(value) => setEffect({ value })} />
        <NumberField label={t('peaks.low')} step={0.05} value={effect.low} onChange={(low) => setEffect({ low })} />
        <NumberField label={t('peaks.high')} step={0.05} value={effect.high} onChange={(high) => setEffect({ high })} />
        <NumberField
          label={t('peaks.holdOut')}
          step={0.01}
          value={draft.hold_out}
          onChange={(hold_out) => change({ ...draft, hold_out })}
        />
      </div>
      {HANDLING_TIERS.map((tier) => (
        <fieldset key={tier} className="row" style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>
            {t(`peaks.tier.${tier}`)} <span className="tag">{t('peaks.assumed')}</span>
          </legend>
          <NumberField
            label={t('peaks.worthOf')}
            step={10}
            value={draft.values[tier]}
            onChange={(value) => change({ ...draft, values: { ...draft.values, [tier]: value } })}
          />
          <NumberField
            label={t('peaks.comfortEach')}
            value={draft.comfort[tier].each}
            onChange={(each) => change({ ...draft, comfort: { ...draft.comfort, [tier]: { ...draft.comfort[tier], each } } })}
          />
          <NumberField
            label={t('peaks.comfortMonth')}
            step={100}
            value={draft.comfort[tier].month}
            onChange={(month) => change({ ...draft, comfort: { ...draft.comfort, [tier]: { ...draft.comfort[tier], month } } })}
          />
        </fieldset>
      ))}
      {may('peaks.write') ? (
        <div className="row">
          <Field label={t('peaks.reason')}>
            {(id) => (
              <Input
                id={id}
                style={{ width: 320, maxWidth: '100%' }}
                maxLength={500}
                placeholder={t('peaks.reasonNeeded')}
                value={reason}
                onChange={(event) => say(event.target.value)}
              />
            )}
          </Field>
          <Button type="primary" disabled={reason.trim() === ''} loading={save.isPending} onClick={() => save.mutate(draft)}>
            {t('common.save')}
          </Button>
        </div>
      ) : (
        <p className="faint">{t('peaks.readonly')}</p>
      )}
    </section>
  );
}

function History({ versions }: { readonly versions: readonly PeakVersion[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const share = (value: number): string => percent(value, locale, 0);
  return (
    <section className="panel pad stack">
      <h2>{t('peaks.history')}</h2>
      <ul className="plain-list tight">
        {versions.map(({ version, settings: { effect, hold_out, values }, at, by, reason }) => (
          <li key={version} className="stack" style={{ gap: 2 }}>
            <span className="row">
              <strong>{t('peaks.version', { version })}</strong>
              <span className="tag">{t(effect.experiment === null ? 'peaks.assumed' : 'peaks.measured')}</span>
              <span className="faint">
                {at === null ? (
                  t('peaks.shipped')
                ) : (
                  <>
                    {by} · <When at={at} /> · {reason}
                  </>
                )}
              </span>
            </span>
            <span className="faint">
              {t('peaks.figures', {
                value: share(effect.value),
                low: share(effect.low),
                high: share(effect.high),
                hold: share(hold_out),
                worthHigh: values.high,
                worthUsual: values.usual,
                worthLow: values.low,
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
