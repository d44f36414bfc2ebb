import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HANDLING_TIERS, type HandlingTier, type HandlingView } from '../../../model/handling.ts';
import { Link } from 'react-router';
import { useLocale, useNameOf } from '../../kit/locale.ts';
import { useMay } from '../../kit/me.ts';
import { Grid } from './grid.tsx';
import { HandlingFrame } from './use-handling.tsx';
import { VersionMark } from './version-mark.tsx';

/** Level × value tier: who calls, how fast, what may be offered. */
export function StrategiesView({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  const titleOf = useTierTitle();
  return (
    <HandlingFrame tabs={tabs} words={() => t('handling.wordsStrategies')}>
      {(found) => (
        <Grid
          label={t('handling.tab.strategies')}
          titles={[{ text: t('handling.level') }, ...HANDLING_TIERS.map((tier) => ({ text: titleOf(found, tier) }))]}
          rows={[5, 4, 3, 2, 1].map((level) => ({
            key: String(level),
            cells: [String(level), ...HANDLING_TIERS.map((tier) => <Cell key={tier} found={found} level={level} tier={tier} />)],
          }))}
        />
      )}
    </HandlingFrame>
  );
}

/** A tier with the customers' values that count as it. */
function useTierTitle(): (found: HandlingView, tier: HandlingTier) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return ({ high_tiers, low_tiers }, tier) => {
    const values = { high: high_tiers, usual: [t('handling.tierOthers')], low: low_tiers }[tier];
    const name = t(`handling.tier.${tier}`);
    return values.length === 0 ? name : t('handling.tierOf', { tier: name, values: values.join(locale === 'zh' ? '、' : ', ') });
  };
}

function Cell({ found, level, tier }: { readonly found: HandlingView; readonly level: number; readonly tier: HandlingTier }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const may = useMay();
  const strategy = found.strategies.find((one) => one.level === level && one.tier === tier);
  if (strategy === undefined) return <>–</>;
  const { version, ...value } = strategy;
  return (
    <div className="stack" style={{ gap: 2 }}>
      <strong>
        {nameOf(value.who)} · {t('handling.within', { hours: value.within_hours })}
      </strong>
      <span>{nameOf(value.offer)}</span>
      {may('experiments.write') ? <Link to={`/experiments/new?level=${level}&tier=${tier}`}>{t('handling.tryIt')}</Link> : null}
      <VersionMark line={{ kind: 'strategy', value }} version={version} of={`${level} ${t(`handling.tier.${tier}`)}`} />
    </div>
  );
}
