import { useTranslation } from 'react-i18next';
import type { Comparison, UpliftView } from '../../model/comparison.ts';
import { columnNames } from '../../model/comparison-words.ts';
import { Chart } from '../kit/chart.tsx';
import { count, decimal, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useShade } from '../kit/shade.tsx';
import { difference } from './effect-figures.ts';
import { toQiniOption } from './experiment.chart.ts';

/**
 * Whom to treat and whom to leave alone: the order by expected gain against an order by chance. Fifths open nothing: each customer's
 * expected gain lives only while the comparison runs, so who was in which fifth is not kept.
 */
export function Uplift({ one, uplift }: { readonly one: Comparison; readonly uplift: UpliftView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const format = (value: number): string => t('experiments.points', { value: difference(value, true, locale) });
  const option = toQiniOption(uplift, { shade: useShade(), names: [t('experiments.byModel'), t('experiments.byChance')], format });
  const rest = uplift.do_not_disturb;
  const called = (columns: readonly string[]): string =>
    columns.map((column) => columnNames(column)[locale]).join(locale === 'zh' ? '、' : ', ');
  return (
    <section className="panel pad stack" aria-label={t('experiments.uplift')}>
      <h2>
        {t('experiments.uplift')} · {one.arm}
      </h2>
      <p>
        <strong>{uplift.targeting === 'pays' ? t('experiments.pays') : t('experiments.noSignal')}</strong>{' '}
        {rest === null
          ? null
          : t('experiments.doNotDisturb', { share: percent(rest.share, locale, 0), low: format(rest.low), high: format(rest.high) })}
      </p>
      <p className="quiet">
        {t('experiments.upliftWords', {
          qini: decimal(uplift.qini, 3, locale).replace('-', '−'),
          low: decimal(uplift.low, 3, locale).replace('-', '−'),
          high: decimal(uplift.high, 3, locale).replace('-', '−'),
          sd: decimal(uplift.random_sd, 3, locale),
        })}
      </p>
      <Chart option={option} label={t('experiments.uplift')} height={240} table={<Curve uplift={uplift} format={format} />} />
      <Fifths uplift={uplift} format={format} />
      <p className="faint">
        {t('experiments.learner')}
        {locale === 'zh' ? '：' : ': '}
        {t(`experiments.learners.${uplift.learner}`)}
        {locale === 'zh' ? '。' : '. '}
        {t('experiments.upliftFrom', { features: called(uplift.features) })}
        {uplift.left_out.length === 0 ? '' : ` ${t('experiments.upliftWithout', { features: called(uplift.left_out) })}`}
      </p>
    </section>
  );
}

function Fifths({ uplift, format }: { readonly uplift: UpliftView; readonly format: (value: number) => string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <div className="forest-scroll" tabIndex={0} role="region" aria-label={t('experiments.fifth')}>
      <table className="forest">
        <thead>
          <tr>
            <th scope="col">{t('experiments.fifth')}</th>
            <th scope="col" className="number">
              {t('experiments.customers')}
            </th>
            <th scope="col">{t('experiments.difference')}</th>
            <th scope="col">{t('experiments.interval')}</th>
          </tr>
        </thead>
        <tbody>
          {uplift.fifths.map((fifth, i) => (
            <tr key={i}>
              <th scope="row">
                {i + 1}
                {i === 0
                  ? ` ${t('experiments.fifthNames.first')}`
                  : i === uplift.fifths.length - 1
                    ? ` ${t('experiments.fifthNames.last')}`
                    : ''}
              </th>
              <td className="number">{count(fifth.n, locale)}</td>
              <td className="number">{format(fifth.effect)}</td>
              <td className="number">
                {format(fifth.low)} … {format(fifth.high)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Curve({ uplift, format }: { readonly uplift: UpliftView; readonly format: (value: number) => string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <table className="forest">
      <thead>
        <tr>
          <th scope="col">{t('experiments.targeted')}</th>
          <th scope="col">{t('experiments.byModel')}</th>
          <th scope="col">{t('experiments.byChance')}</th>
        </tr>
      </thead>
      <tbody>
        {uplift.curve.map(({ share, gain, line }) => (
          <tr key={share}>
            <th scope="row">{percent(share, locale, 0)}</th>
            <td>{format(gain)}</td>
            <td>{format(line)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
