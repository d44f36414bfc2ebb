import { createRequire } from 'node:module';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** The program that looks, as the builder brings it. */
const { source } = createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core') as { readonly source: string };

/** What troubles a reader of this page seriously, as sentences. In the page itself: a window of its own for every look costs most of the time. */
export async function violationsOf(page: Page, rules: readonly string[] = []): Promise<readonly string[]> {
  // Once for each page: it is half a megabyte, and the builder would send it twice for each look.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${source}; undefined`);
  // Only what is wrong is worked out in full.
  const only = rules.length === 0 ? {} : { runOnly: { type: 'rule' as const, values: [...rules] } };
  const { violations } = await new AxeBuilder({ page, axeSource: 'undefined' })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], ...only })
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 160)}`);
}
