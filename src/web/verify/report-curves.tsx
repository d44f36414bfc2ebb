import { useTranslation } from 'react-i18next';
import type { Comparison, SurvivalView } from '../../model/comparison.ts';
import type { Look } from '../../model/experiment.ts';
import { Chart } from '../kit/chart.tsx';
import { count, decimal } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useShade } from '../kit/shade.tsx';
import { chance, difference, signed } from './effect-figures.ts';
import { toLooksOption, toSurvivalOption } from './experiment.chart.ts';

/** Repeated months as one cohort: who is still there. */
export function Survival({ one, survival }: { readonly one: Comparison; readonly survival: SurvivalView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const format = (value: number): string => `${decimal(value * 100, 1, locale)}%`;
  const option = toSurvivalOption(survival, { shade: useShade(), names: [one.arm, one.against], format });
  const ratio = survival.hazard_ratio;
  return (
    <section className="panel pad stack" aria-label={t('experiments.survival')}>
      <h2>{t('experiments.survival')}</h2>
      <p>
        {t('experiments.survivalWords', {
          z: signed(survival.log_rank.z, 1),
          p: chance(survival.log_rank.p),
          ratio: ratio?.ratio.toFixed(3) ?? '–',
          low: ratio?.low.toFixed(3) ?? '–',
          high: ratio?.high.toFixed(3) ?? '–',
        })}
      </p>
      {survival.at_risk === 'shrinking' ? <p className="faint">{t('experiments.shrinking')}</p> : null}
      <Chart
        option={option}
        label={t('experiments.survival')}
        height={260}
        table={
          <table className="forest">
            <thead>
              <tr>
                <th scope="col">{t('experiments.period')}</th>
                <th scope="col">{one.arm}</th>
                <th scope="col">{one.against}</th>
                <th scope="col">{t('experiments.atRisk')}</th>
              </tr>
            </thead>
            <tbody>
              {survival.treated.map((point, i) => (
                <tr key={point.time}>
                  <th scope="row">{point.time}</th>
                  <td>{format(point.survival)}</td>
                  <td>{format(survival.control[i]?.survival ?? 0)}</td>
                  <td>
                    {count(point.at_risk, locale)} / {count(survival.control[i]?.at_risk ?? 0, locale)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        }
      />
    </section>
  );
}

/** Every look so far: looking often costs nothing with these intervals. */
export function Looks({ looks, points }: { readonly looks: readonly Look[]; readonly points: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const shade = useShade();
  const arms = [...new Set(looks.map(({ arm }) => arm))];
  const format = (value: number): string => difference(value, points, locale);
  return (
    <section className="panel pad stack" aria-label={t('experiments.looks')}>
      <h2>{t('experiments.looks')}</h2>
      {arms.map((arm) => {
        const own = looks.filter((look) => look.arm === arm);
        return (
          <Chart
            key={arm}
            option={toLooksOption(own, { shade, names: [arm], format })}
            label={`${t('experiments.looks')} · ${arm}`}
            height={200}
            table={
              <table className="forest">
                <tbody>
                  {own.map((look) => (
                    <tr key={look.at}>
                      <th scope="row">{look.at.slice(0, 10)}</th>
                      <td>{format(look.effect)}</td>
                      <td>
                        {format(look.low)} … {format(look.high)}
                      </td>
                      <td>n {count(look.n, locale)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            }
          />
        );
      })}
    </section>
  );
}
