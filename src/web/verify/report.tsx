import { useTranslation } from 'react-i18next';
import type { ComparedTable, Comparison } from '../../model/comparison.ts';
import type { ExperimentDetail } from '../../model/experiment.ts';
import { count, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ArmVoices } from './arm-voices.tsx';
import { BeforePart } from './before-part.tsx';
import { chance, difference, inPoints } from './effect-figures.ts';
import { Forest } from './forest.tsx';
import { Caveats, Gates } from './gates.tsx';
import { Looks, Survival } from './report-curves.tsx';
import { Uplift } from './uplift.tsx';

/** Gates on top, then the effects, then what time, targeting and the past add, and what stands against believing it. */
export function Report({ experiment, report }: { readonly experiment: ExperimentDetail; readonly report: ComparedTable }) {
  const { t } = useTranslation();
  const comparisons: readonly Comparison[] = report.comparisons ?? [report];
  return (
    <>
      <Gates report={report} />
      <section className="panel pad stack" aria-label={t('experiments.effects')}>
        <h2>{t('experiments.effects')}</h2>
        <Forest report={report} experiment={experiment} />
        {comparisons.map((one) => (
          <Sureness key={one.arm} one={one} running={experiment.state === 'running'} />
        ))}
        {experiment.origin === 'assigned' ? <ArmVoices experiment={experiment} /> : null}
      </section>
      {comparisons.map((one) => (
        <div className="stack wide" key={one.arm}>
          {one.before === undefined ? null : <BeforePart one={one} before={one.before} />}
          {one.survival === undefined ? null : <Survival one={one} survival={one.survival} />}
          {one.uplift === undefined ? null : <Uplift one={one} uplift={one.uplift} />}
        </div>
      ))}
      {experiment.looks.length > 1 ? <Looks looks={experiment.looks} points={inPoints(report.kind, report.effect)} /> : null}
      <Caveats report={report} notes={experiment.notes} />
    </>
  );
}

/** How sure: however often one looked, against before, over strata, and what so many could have shown. */
function Sureness({ one, running }: { readonly one: Comparison; readonly running: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = inPoints(one.kind, one.effect);
  const size = (value: number): string =>
    points ? t('experiments.points', { value: difference(value, true, locale) }) : difference(value, false, locale);
  const plain = (value: number): string => size(Math.abs(value)).replace('+', '');
  const range = ({ low, high }: { low: number; high: number }) => ({
    low: difference(low, points, locale),
    high: difference(high, points, locale),
  });
  const { always_valid: always, before, mantel_haenszel: common } = one;
  const digits = (value: number | null | undefined, places: number): string =>
    value === null || value === undefined ? '–' : value.toFixed(places);
  return (
    <ul className="quiet">
      {always.low === null || always.high === null ? null : (
        <li>
          {t('experiments.alwaysValidWords', { ...range({ low: always.low, high: always.high }), p: chance(always.p) })}
          {running && always.p !== null && always.p < 0.05 ? <strong> {t('experiments.stopAdvised')}</strong> : null}
        </li>
      )}
      {common === undefined ? null : (
        <li>
          {t('experiments.odds', {
            ratio: digits(common.odds_ratio, 3),
            low: digits(common.low, 3),
            high: digits(common.high, 3),
            chi2: digits(common.chi2, 0),
            df: common.woolf?.df ?? 0,
            woolf: digits(common.woolf?.chi2, 1),
            p: chance(common.woolf?.p ?? null),
          })}
        </li>
      )}
      {before === undefined ? null : (
        <>
          <li>
            {t('experiments.did', { effect: size(before.difference_in_differences.effect), ...range(before.difference_in_differences) })}
          </li>
          {before.cuped === undefined ? null : (
            <li>
              {t('experiments.cuped', {
                effect: size(before.cuped.effect),
                ...range(before.cuped),
                share: percent(before.cuped.variance_ratio, locale, 0),
              })}
            </li>
          )}
        </>
      )}
      {one.detectable === null ? null : <li>{t('experiments.sizeWords', { size: plain(one.detectable) })}</li>}
      {one.needed_per_arm === null || one.finding === 'better' || one.finding === 'worse' ? null : (
        <li>{t('experiments.neededWords', { count: count(one.needed_per_arm, locale) as never })}</li>
      )}
    </ul>
  );
}
