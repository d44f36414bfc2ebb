import type { Moment } from './moment-features.ts';
import { COMPLAINT, DAY, GRIEVANCE, type Load, type MomentLog, OTHER } from './moment-log.ts';

/** same: a complaint of the grievance's own category; any: any complaint. */
export type OutcomeOf = 'same' | 'any';

/** Every grievance of the log with what was going on in its region in the day before. */
export function momentsOf(log: MomentLog): readonly Moment[] {
  const loads = loadsOf(log);
  const moments: Moment[] = [];
  for (let customer = 0; customer + 1 < log.starts.length; customer++)
    for (let entry = log.starts[customer] ?? 0; entry < (log.starts[customer + 1] ?? 0); entry++)
      if (log.kinds[entry] === GRIEVANCE) moments.push({ customer, entry, load: loads(entry) });
  return moments;
}

/** Grievances and complaints of a region in [minute − 1 day, minute), counted in one pass over each region in order of time. */
function loadsOf(log: MomentLog): (entry: number) => Load {
  const size = log.minutes.length;
  const [same, all] = [new Int32Array(size), new Int32Array(size)];
  const order = Uint32Array.from({ length: size }, (_, i) => i)
    .filter((i) => log.kinds[i] !== OTHER && (log.regions[i] ?? -1) >= 0)
    .sort((a, b) => (log.regions[a] ?? 0) - (log.regions[b] ?? 0) || (log.minutes[a] ?? 0) - (log.minutes[b] ?? 0));
  for (let first = 0; first < order.length;) {
    let after = first;
    while (after < order.length && log.regions[order[after] ?? 0] === log.regions[order[first] ?? 0]) after++;
    countRegion(log, order.subarray(first, after), same, all);
    first = after;
  }
  return (entry) => ({ same: same[entry] ?? 0, all: all[entry] ?? 0 });
}

function countRegion(log: MomentLog, order: Uint32Array, same: Int32Array, all: Int32Array): void {
  const counts = new Map<number, number>();
  const add = (entry: number, by: number): void => {
    const category = log.categories[entry] ?? -1;
    counts.set(category, (counts.get(category) ?? 0) + by);
  };
  let [low, high] = [0, 0];
  for (const entry of order) {
    const now = log.minutes[entry] ?? 0;
    while (high < order.length && (log.minutes[order[high] ?? 0] ?? 0) < now) add(order[high++] ?? 0, 1);
    while (low < high && (log.minutes[order[low] ?? 0] ?? 0) < now - DAY) add(order[low++] ?? 0, -1);
    all[entry] = high - low;
    const category = log.categories[entry] ?? -1;
    same[entry] = category < 0 ? 0 : (counts.get(category) ?? 0);
  }
}

/** 1 a complaint came within so many days, 0 none came, −1 not known yet. */
export function outcomesOf(log: MomentLog, moments: readonly Moment[], days: number, of: OutcomeOf): Int8Array {
  return Int8Array.from(moments, ({ customer, entry }) => {
    const until = (log.minutes[entry] ?? 0) + days * DAY;
    const category = log.categories[entry] ?? -1;
    for (let j = entry + 1; j < (log.starts[customer + 1] ?? 0) && (log.minutes[j] ?? 0) < until; j++) {
      if (log.kinds[j] !== COMPLAINT) continue;
      if (of === 'any' || (category >= 0 && log.categories[j] === category)) return until <= log.end ? 1 : -1;
    }
    return until <= log.end ? 0 : -1;
  });
}
