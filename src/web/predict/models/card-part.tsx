import { useTranslation } from 'react-i18next';
import type { OddsCard } from '../../../model/complaint-odds.ts';
import { count, decimal, percent } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { dimensionOf, useFeatureName } from './odds-words.tsx';

const dayOf = (instant: string | null): string => instant?.slice(0, 10) ?? '–';

export function CardPart({ card }: { readonly card: OddsCard }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useFeatureName();
  const n = (value: number | null, digits = 3): string => (value === null ? '–' : decimal(value, digits, locale));
  const ranged = (value: number | null, low: number | null, high: number | null): string =>
    low === null || high === null ? n(value) : `${n(value)} (${n(low)}–${n(high)})`;
  const facts: readonly (readonly [string, string])[] = [
    [t('odds.auc'), ranged(card.auc, card.auc_low, card.auc_high)],
    [t('odds.lift'), `${n(card.lift_top_decile, 2)} ×`],
    [t('odds.slope'), ranged(card.calibration_slope, card.calibration_slope_low, card.calibration_slope_high)],
    [t('odds.ece'), percent(card.ece, locale)],
    [t('odds.logLoss', { base: n(card.base_log_loss) }), n(card.log_loss)],
    [t('odds.brier'), n(card.brier)],
    [t('odds.family'), t(`odds.families.${card.champion as 'boosted'}`)],
    [t('odds.learned'), t('odds.learnedWords', { rows: count(card.learned, locale), from: dayOf(card.from), before: dayOf(card.before) })],
    [
      t('odds.judged'),
      t('odds.judgedWords', { from: dayOf(card.judged_from), rows: count(card.held_out, locale), events: count(card.positives, locale) }),
    ],
    [
      t('odds.guarded'),
      t('odds.guardedWords', {
        names: card.protected.columns.map(nameOf).join(locale === 'zh' ? '、' : ', '),
        auc: n(card.protected.auc_added, 4),
      }),
    ],
  ];
  return (
    <section className="panel pad stack">
      <h2>{t('odds.card')}</h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const SHOWN = 10;

export function FactorsPart({ card }: { readonly card: OddsCard }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const nameOf = useFeatureName();
  const shown = card.factors.slice(0, SHOWN);
  const most = shown[0]?.effect ?? 1;
  const raised = (name: string, value: string): string => labels.value(dimensionOf(name), value);
  return (
    <section className="panel pad stack">
      <h2>{t('odds.factors')}</h2>
      <div className="scroller">
        <table className="table odds-bars">
          <tbody>
            {shown.map(({ name, effect, direction, raised_by }) => (
              <tr key={name}>
                <th scope="row">{nameOf(name)}</th>
                <td className="quiet">
                  {raised_by === undefined ? t(`odds.direction.${direction}`) : t('odds.raisedBy', { value: raised(name, raised_by) })}
                </td>
                <td className="bar">
                  <i style={{ width: `${(100 * effect) / most}%` }} aria-hidden="true" />
                </td>
                <td className="number">{decimal(effect, 2, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="faint">{t('odds.factorsHelp')}</p>
    </section>
  );
}
