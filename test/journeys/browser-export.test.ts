import { readFileSync } from 'node:fs';
import { Workbook } from '@cj-tech-master/excelts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browsing, browsing, withVoices } from '../kit/browse.ts';
import { NO_CHROMIUM, chromiumPath } from '../kit/chromium.ts';
import { needs } from '../kit/needs.ts';

/** What the file says must be what the screen says: the same rows, in the same order, with the same figures. */
describe('an exported table', () => {
  needs(chromiumPath() !== null, NO_CHROMIUM);
  let browsed: Browsing;

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    browsed = await browsing();
    await withVoices(browsed);
  });
  afterAll(async () => {
    await browsed?.[Symbol.asyncDispose]();
    expect(browsed?.complaints ?? [], 'what the browser complained about').toEqual([]);
  });

  interface Sheet {
    readonly titles: readonly string[];
    readonly rows: readonly (readonly { readonly value: unknown; readonly format: unknown }[])[];
    readonly about: string;
  }

  async function exported(page: Page): Promise<Sheet> {
    const coming = page.waitForEvent('download');
    await page.locator('.table-tools button', { hasText: '导出' }).click();
    const book = new Workbook();
    await book.xlsx.load(readFileSync(await (await coming).path()));
    const [data, about] = book.worksheets;
    const width = data?.columnCount ?? 0;
    const cells = (row: number) =>
      Array.from({ length: width }, (_, i) => {
        const cell = data?.getCell(row, i + 1);
        return { value: cell?.value, format: String(cell?.numFmt ?? '') };
      });
    const titles = cells(1).map(({ value }) => String(value));
    const rows = Array.from({ length: (data?.rowCount ?? 1) - 1 }, (_, i) => cells(i + 2));
    return { titles, rows, about: JSON.stringify(about?.getSheetValues()) };
  }

  async function drawn(page: Page): Promise<readonly (readonly string[])[]> {
    const width = await page.locator('.data-table thead th').count();
    const texts = await page.locator('.data-table tbody td').allInnerTexts();
    return Array.from({ length: texts.length / width }, (_, i) => texts.slice(i * width, (i + 1) * width).map((text) => text.trim()));
  }

  const numberIn = (text: string): number | null => {
    const found = /[-+]?\d[\d,]*(\.\d+)?/.exec(text.replace('−', '-'))?.[0];
    return found === undefined ? null : Number(found.replaceAll(',', ''));
  };

  it('of a ranking has its rows as they are drawn, sorted as they are, with shares as percentages and the true count', async () => {
    const { context, page } = await browsed.signIn('me_p');
    await page.goto(`${browsed.base}/pain-points?period=365d&rank=category&sort=voices`);
    await page.locator('.data-table tbody tr').first().waitFor();
    const [screen, file] = [await drawn(page), await exported(page)];
    expect(screen.length).toBeGreaterThan(1);
    expect(file.rows).toHaveLength(screen.length);
    expect(file.about).toContain(`${screen.length} 行，共 ${screen.length} 行`);
    for (const [i, row] of screen.entries())
      for (const [k, text] of row.entries()) {
        const { value, format } = file.rows[i]?.[k] ?? {};
        if (k === 0) expect(value).toBe(text);
        else if (format === '0.0%')
          expect([file.titles[k], value === null ? null : Number((100 * Number(value)).toFixed(1))]).toEqual([
            file.titles[k],
            numberIn(text),
          ]);
        else expect([file.titles[k], value === null ? null : Number(Number(value).toFixed(2))]).toEqual([file.titles[k], numberIn(text)]);
      }
    const voices = file.rows.map((row) => Number(row[1]?.value));
    expect(voices).toEqual(voices.toSorted((a, b) => a - b));
    expect(file.rows.flat().some(({ format }) => format === '0.0%')).toBe(true);
    await context.close();
  });

  it('of voices has real times of the product’s clock, in the order asked for', async () => {
    const { context, page } = await browsed.signIn('me_p');
    await page.goto(`${browsed.base}/voices?period=all&sort=said_at`);
    await page.locator('.data-table tbody tr').first().waitFor();
    const shown = await page.evaluate<readonly string[]>(
      "[...document.querySelectorAll('.data-table tbody time')].map((one) => one.dateTime)",
    );
    const file = await exported(page);
    const wall = (instant: string): number => Math.floor(Date.parse(instant) / 1000) * 1000 + 8 * 3_600_000;
    expect(shown).toEqual(shown.toSorted());
    expect(file.rows.slice(0, shown.length).map(([at]) => at?.value instanceof Date && at.value.getTime())).toEqual(shown.map(wall));
    expect(file.rows[0]?.[0]?.format).toBe('yyyy-mm-dd hh:mm:ss');
    await context.close();
  });
});
