import { describe, expect, it } from 'vitest';
import { judgeLevels } from '../../../test/kit/planted-levels.ts';

describe('levels on a planted world', () => {
  it(
    'rise with the complaints after the landmark: causes weighed by earlier months, customers whom nobody called',
    { timeout: 120_000 },
    () => {
      const { rows, trend, auc, verdict, ground, called } = judgeLevels(2, 60_000);
      expect(ground).toBe('pairs');
      expect(called).toBeGreaterThan(10_000);
      expect(['rises', 'rises-unevenly']).toContain(verdict);
      expect(trend!.z).toBeGreaterThan(4);
      expect(auc!).toBeGreaterThan(0.54);
      // From the lowest to the highest beyond both intervals, and never less than the lowest.
      const [lowest, ...above] = rows.filter((row) => row.n >= 100);
      expect(above.at(-1)!.low).toBeGreaterThan(lowest!.high);
      expect(above.every((row) => row.share > lowest!.share)).toBe(true);
    },
  );
});
