import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HANDLING_TIERS, type HandlingView } from '../../../model/handling.ts';
import { Link } from 'react-router';
import { useNameOf } from '../../kit/locale.ts';
import { useMay } from '../../kit/me.ts';
import { Grid } from './grid.tsx';
import { HandlingFrame } from './use-handling.tsx';
import { VersionMark } from './version-mark.tsx';

/** Level × value tier: who calls, how fast, what may be offered. */
export function StrategiesView({ tabs }: { readonly tabs: ReactNode }) {
  const { t } = useTranslation();
  return (
    <HandlingFrame tabs={tabs} words={() => t('handling.wordsStrategies')}>
      {(found) => (
        <Grid
          label={t('handling.tab.strategies')}
          titles={[{ text: t('handling.level') }, ...HANDLING_TIERS.map((tier) => ({ text: t(`handling.tier.${tier}`) }))]}
          rows={[5, 4, 3, 2, 1].map((level) => ({
            key: String(level),
            cells: [String(level), ...HANDLING_TIERS.map((tier) => <Cell key={tier} found={found} level={level} tier={tier} />)],
          }))}
        />
      )}
    </HandlingFrame>
  );
}

function Cell({
  found,
  level,
  tier,
}: {
  readonly found: HandlingView;
  readonly level: number;
  readonly tier: (typeof HANDLING_TIERS)[number];
}) {
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
