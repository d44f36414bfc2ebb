import { useTranslation } from 'react-i18next';
import type { Filter } from '../../model/question.ts';
import type { LiftView, SchemeId, SegmentCard, SegmentsView } from '../../model/segment-views.ts';
import { Evidence } from '../kit/evidence.tsx';
import { count, decimal, percent, signedPoints } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { inSegment, liftName, liftWhere, placeOnScale, sideText, typicalText, windowOf } from './segment-words.ts';

/** One segment: how large, what is typical, what sets it apart, how reliable; its voices behind one key. */
export function SegmentPanel({
  card,
  view,
  onMembers,
}: {
  readonly card: SegmentCard;
  readonly view: SegmentsView;
  readonly onMembers: (() => void) | null;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const asOf = view.run?.as_of ?? '';
  return (
    <article className="panel pad block segment-card" aria-label={card.names[locale]}>
      <div className="block-head">
        <h3>{card.names[locale]}</h3>
        <Marks card={card} />
      </div>
      <div className="segment-size">
        <b>{t('segments.customers', { n: count(card.customers, locale) })}</b>
        <span className="faint">
          {t('segments.shareOf', { share: percent(card.share, locale), base: count(view.customers, locale) })}
          {card.share_before === null || view.migration === null
            ? ''
            : ` · ${t('segments.shareMoved', { month: view.migration.from_month, points: signedPoints(card.share - card.share_before, locale) })}`}
        </span>
        <span className="segment-bar" aria-hidden="true">
          <span style={{ width: `${Math.max(0.5, card.share * 100)}%` }} />
        </span>
      </div>
      <div>
        <span className="label">{t('segments.typical')}</span>
        <ul className="segment-typical">
          {card.typical.map((one) => (
            <li key={one.feature} className="tag">
              {typicalText(one, locale)}
            </li>
          ))}
        </ul>
      </div>
      <Apart lifts={card.lifts} whereOf={(lift) => liftWhere(lift, view.scheme as SchemeId, card.id, asOf)} />
      <div className="row">
        <Evidence where={[inSegment(view.scheme as SchemeId, card.id), windowOf(asOf)]}>{t('segments.openVoices')}</Evidence>
        {onMembers === null ? null : (
          <button type="button" className="key" onClick={onMembers}>
            {t('segments.members')}
          </button>
        )}
      </div>
    </article>
  );
}

function Marks({ card }: { readonly card: SegmentCard }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (card.jaccard === null) return null;
  return (
    <span className="row">
      <span className={`state ${card.stable === true ? 'over full' : 'waits'}`}>
        {t(card.stable === true ? 'segments.stable' : 'segments.unstable')}
      </span>
      <span className="faint">{t('segments.jaccard', { value: decimal(card.jaccard, 2, locale) })}</span>
      <span className="faint">{card.moved === null ? '' : t('segments.movedBy', { value: decimal(card.moved, 2, locale) })}</span>
    </span>
  );
}

function Apart({ lifts, whereOf }: { readonly lifts: readonly LiftView[]; readonly whereOf: (lift: LiftView) => readonly Filter[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (lifts.length === 0) return <p className="faint">{t('segments.apartNone')}</p>;
  return (
    <div>
      <span className="label">{t('segments.apart')}</span>
      <ul className="segment-lifts">
        {lifts.map((lift) => (
          <li
            key={`${lift.feature} ${lift.level ?? ''}`}
            title={t('segments.liftHelp', {
              inside: sideText(lift, lift.inside, locale),
              outside: sideText(lift, lift.outside, locale),
              base: count(lift.base, locale),
            })}
          >
            <span className="segment-lift-name">
              <Evidence where={whereOf(lift)}>{liftName(lift, locale)}</Evidence>
            </span>
            <LiftMark lift={lift} />
            <span className="number">
              {t('segments.lift', {
                lift: decimal(lift.lift, 2, locale),
                low: decimal(lift.low, 2, locale),
                high: decimal(lift.high, 2, locale),
              })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The interval on a logarithmic scale from a quarter to four times; the line in the middle is "as the others". */
export function LiftMark({ lift }: { readonly lift: Pick<LiftView, 'lift' | 'low' | 'high'> }) {
  const [low, high, at] = [placeOnScale(lift.low), placeOnScale(lift.high), placeOnScale(lift.lift)];
  return (
    <span className={`lift-mark ${lift.lift > 1 ? 'over' : 'under'}`} aria-hidden="true">
      <i className="lift-one" />
      <i className="lift-range" style={{ left: `${low}%`, width: `${Math.max(1, high - low)}%` }} />
      <i className="lift-dot" style={{ left: `${at}%` }} />
    </span>
  );
}
