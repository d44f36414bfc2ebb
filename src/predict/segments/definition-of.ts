import { STABLE } from '../../maths/choose-clusters.ts';
import type { Pack } from '../../model/pack.ts';
import type { SchemeId } from '../../model/segment-views.ts';
import { CLUSTER_SETTINGS, FEWEST_CUSTOMERS, LEAST_GAIN } from './clusters.ts';
import { FEATURES } from './feature-columns.ts';
import { WINDOW_DAYS } from './run-window.ts';
import { TEMPERAMENT_RULES } from './temperament.ts';
import { SELF_SERVICE } from './usage-groups.ts';

/**
 * What decides who is in which segment of a scheme, as data: weights and bounds of the product, words and titles of the pack. Another
 * definition is another version, and customers who moved between the two need not have changed. null: rules, which are written down where
 * customers are put into them.
 */
export function definitionOf(scheme: SchemeId, { behaviour }: Pick<Pack, 'behaviour'>): object | null {
  switch (scheme) {
    case 'rules':
      return null;
    case 'temperament':
      return { window_days: WINDOW_DAYS, ...TEMPERAMENT_RULES, money: behaviour.money, words: behaviour.words };
    case 'clusters':
      return {
        window_days: WINDOW_DAYS,
        ...CLUSTER_SETTINGS,
        fewest_customers: FEWEST_CUSTOMERS,
        stable: STABLE,
        least_gain: LEAST_GAIN,
        features: FEATURES.filter((feature) => feature.clusters).map((feature) => feature.name),
        money: behaviour.money,
        titles: behaviour.usage,
      };
    case 'usage':
      return { window_days: WINDOW_DAYS, self_service: SELF_SERVICE, bounds: 'medians', titles: behaviour.usage };
  }
}
