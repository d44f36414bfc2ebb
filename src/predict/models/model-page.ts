import type { OddsCard, OddsVersion } from '../../model/complaint-odds.ts';
import { instantOfWall } from '../../model/zoned-time.ts';
import type { MomentCard } from './train-moments.ts';
import type { StoredVersion } from './stored-version.ts';

export const versionView = ({ id, trained_at, state, why, card }: StoredVersion): OddsVersion => ({
  id,
  trained_at,
  state,
  why,
  voices: card.voices,
  auc: card.month.auc,
  auc_low: card.month.auc_low,
  auc_high: card.month.auc_high,
  verdict: card.month.verdict,
  against:
    card.against === null
      ? null
      : {
          champion: card.against.champion,
          gain: card.against.gain,
          z: card.against.z,
          rows: card.against.rows,
          unseen: card.against.unseen,
        },
});

export function cardView(card: MomentCard, zone: string): OddsCard {
  const { baseline: _baseline, duplicates: _copies, leaks: _leaks, gain, of: _of, protected: guarded, ...rest } = card;
  const instant = (minutes: number): string => new Date(instantOfWall(minutes * 60_000, zone)).toISOString();
  return {
    ...rest,
    gain_z: gain.z,
    from: instant(card.from),
    before: instant(card.before),
    judged_from: card.judged_from === null ? null : instant(card.judged_from),
    protected: { columns: guarded.columns, auc_added: guarded.auc_added },
  };
}
