import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { powerOf } from '../api/calls.ts';
import { count, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { difference } from './effect-figures.ts';

/** How many customers an effect needs, before anything is started. */
export function PowerPanel({ customers = 20_000 }: { readonly customers?: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [plan, setPlan] = useState({ kind: 'share' as 'share' | 'number', base: 7, spread: 1, effect: -1, customers });
  const share = plan.kind === 'share';
  const asked = { ...plan, base: share ? plan.base / 100 : plan.base, effect: share ? plan.effect / 100 : plan.effect };
  const answer = useQuery({
    queryKey: ['experiments', 'power', asked],
    queryFn: () => powerOf(asked),
    placeholderData: keepPreviousData,
  }).data;
  const size = (value: number): string =>
    share ? t('experiments.points', { value: difference(value, true, locale) }) : difference(value, false, locale);
  const field = (name: 'base' | 'spread' | 'effect' | 'customers', label: string) => (
    <label className="field">
      <span className="label">{label}</span>
      <InputNumber style={{ width: '100%' }} value={plan[name]} onChange={(value) => setPlan({ ...plan, [name]: value ?? 0 })} />
    </label>
  );
  return (
    <section className="panel pad stack" aria-label={t('experiments.power')}>
      <h2>{t('experiments.power')}</h2>
      <p className="faint">{t('experiments.powerHelp')}</p>
      <Segmented
        aria-label={t('experiments.kind')}
        value={plan.kind}
        options={[
          { value: 'share', label: t('experiments.kinds.share') },
          { value: 'number', label: t('experiments.kinds.number') },
        ]}
        onChange={(kind) => setPlan({ ...plan, kind: kind === 'number' ? 'number' : 'share' })}
      />
      <div className="row" role="group" aria-label={t('experiments.presets')}>
        <Button size="small" onClick={() => setPlan({ ...plan, kind: 'share', base: 7, effect: -0.7 })}>
          {t('experiments.presetChurn')}
        </Button>
        <Button size="small" onClick={() => setPlan({ ...plan, kind: 'share', base: 93.2, effect: 0.2 })}>
          {t('experiments.presetRetention')}
        </Button>
      </div>
      {field('base', share ? t('experiments.base') : t('experiments.baseNumber'))}
      {share ? null : field('spread', t('experiments.spread'))}
      {field('effect', share ? t('experiments.hope') : t('experiments.hopeNumber'))}
      {field('customers', t('experiments.have'))}
      {answer === undefined ? null : answer.needed === null && answer.detectable === null ? (
        <p className="quiet">{t('experiments.noAnswer')}</p>
      ) : (
        <div className="stack" aria-live="polite">
          {answer.needed === null ? null : <strong>{t('experiments.needed', { count: count(answer.needed, locale) as never })}</strong>}
          {answer.detectable === null ? null : (
            <span>{t('experiments.detectable', { size: size(answer.detectable).replace('+', '') })}</span>
          )}
          {answer.power === null ? null : <span>{t('experiments.chance', { share: percent(answer.power, locale, 0) })}</span>}
        </div>
      )}
    </section>
  );
}
