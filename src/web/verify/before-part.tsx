import { useTranslation } from 'react-i18next';
import type { BeforeAfterView, BeforeView, Comparison, LevelView } from '../../model/comparison.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { chance, difference, inPoints, level } from './effect-figures.ts';

/** The main metric before and after the start, arm by arm, each with its interval, and how much more the treated changed. */
export function BeforePart({ one, before }: { readonly one: Comparison; readonly before: BeforeView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = inPoints(one.kind, one.effect);
  const { arms, difference_in_differences: did } = before;
  if (arms === undefined) return null;
  const range = ({ low, high }: { readonly low: number; readonly high: number }): string =>
    `${difference(low, points, locale)} … ${difference(high, points, locale)}`;
  const title = `${t('experiments.before')} · ${one.metric} · ${one.arm} – ${one.against}`;
  return (
    <section className="panel pad stack" aria-label={title}>
      <h2>{t('experiments.before')}</h2>
      <p className="faint">{t(before.of === 'same' ? 'experiments.beforeSame' : 'experiments.beforeOthers')}</p>
      <div className="forest-scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="forest">
          <caption>{`${one.metric} · ${one.arm} – ${one.against}`}</caption>
          <thead>
            <tr>
              <th scope="col">{t('experiments.armsShort')}</th>
              <th scope="col">{t('experiments.beforeStart')}</th>
              <th scope="col">{t('experiments.afterStart')}</th>
              <th scope="col">{t('experiments.change')}</th>
              <th scope="col">{t('experiments.interval')}</th>
              <th scope="col">p</th>
            </tr>
          </thead>
          <tbody>
            <Arm name={one.against} of={arms.control} points={points} />
            <Arm name={one.arm} of={arms.treated} points={points} />
            <tr className="whole">
              <th scope="row">{t('experiments.changedMore')}</th>
              <td />
              <td />
              <td className="number" data-label={t('experiments.change')}>
                {difference(did.effect, points, locale)}
              </td>
              <td className="number" data-label={t('experiments.interval')}>
                {range(did)}
              </td>
              <td className="number" data-label="p">
                {chance(did.p)}
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Arm({ name, of, points }: { readonly name: string; readonly of: BeforeAfterView; readonly points: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { change } = of;
  return (
    <tr className="part">
      <th scope="row">{name}</th>
      <Level label={t('experiments.beforeStart')} of={of.before} points={points} />
      <Level label={t('experiments.afterStart')} of={of.after} points={points} />
      <td className="number" data-label={t('experiments.change')}>
        {difference(change.effect, points, locale)}
      </td>
      <td className="number" data-label={t('experiments.interval')}>
        {`${difference(change.low, points, locale)} … ${difference(change.high, points, locale)}`}
      </td>
      <td className="number" data-label="p">
        {chance(change.p)}
      </td>
    </tr>
  );
}

function Level({ label, of, points }: { readonly label: string; readonly of: LevelView; readonly points: boolean }) {
  const locale = useLocale();
  const shown = (value: number): string => level(value, points, locale);
  return (
    <td className="number" data-label={label}>
      {shown(of.value)}{' '}
      <span className="faint">
        [{shown(of.low)}, {shown(of.high)}] n {count(of.n, locale)}
      </span>
    </td>
  );
}
