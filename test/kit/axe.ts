import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What troubles a reader of this page seriously, as sentences. In the page itself: a window of its own for every look costs most of the time. */
export async function violationsOf(page: Page, rules: readonly string[] = []): Promise<readonly string[]> {
  // Only what is wrong is worked out in full.
  const only = rules.length === 0 ? {} : { runOnly: { type: 'rule' as const, values: [...rules] } };
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], ...only })
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 160)}`);
}
