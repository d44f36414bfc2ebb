import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DOCS, findSections, inLanguage, snippetOf } from './docs.ts';
import { docsIn } from './load-docs.ts';
import { blocksOf, inlineOf, plainOf, plainOfBlock } from './markdown.ts';

describe('the help inside the product', () => {
  it.each(DOCS)('%s is read in both languages, and nothing of its marks is left', (name) => {
    for (const locale of ['zh', 'en'] as const) {
      const doc = docsIn(locale).find((one) => one.name === name);
      if (doc === undefined) throw new Error(`${name} is missing`);
      expect(doc.sections.length).toBeGreaterThan(0);
      expect(doc.title).not.toContain('·');
      const words = doc.sections.flatMap((section) => section.blocks.filter((block) => block.kind !== 'code').map(plainOfBlock)).join('\n');
      expect(words).not.toMatch(/\*\*|\]\(|^#{1,6} |^\|/m);
    }
  });

  it('is Chinese above the line and English below it', () => {
    const both = '# 指南 · Guide\n\n[English below](#english)\n\n## 看\n\n看看\n\n---\n\n## English\n\n**Look.** See.\n';
    expect(inLanguage(both, 'zh').trim()).toBe('# 指南 · Guide\n\n\n## 看\n\n看看');
    expect(inLanguage(both, 'en')).toContain('**Look.** See.');
    expect(inLanguage(both, 'en')).not.toContain('看看');
    const words = (locale: 'zh' | 'en') =>
      docsIn(locale)
        .map((doc) => doc.title)
        .join(' ');
    expect(words('zh')).toContain('分析员指南');
    expect(words('en')).toContain('For analysts');
  });

  it('finds a section by all its words, in its title first', () => {
    const found = findSections(docsIn('zh'), '导入');
    expect(found[0]?.title).toContain('导入');
    expect(findSections(docsIn('en'), 'median quantum')).toEqual([]);
    expect(findSections(docsIn('zh'), '')).toEqual([]);
    for (const section of found) expect(snippetOf(section, '导入').length).toBeLessThan(160);
  });
});

describe('marks in a text', () => {
  it.each([
    ['a **b** `c` [d](e.md)', 'a b c d'],
    ['*just* said', 'just said'],
    ['2 * 3 * 4', '2 * 3 * 4'],
  ])('%s reads %s', (marked, plain) => {
    expect(plainOf(inlineOf(marked))).toBe(plain);
  });

  it('never break on any text, and lose none of a plain one', () => {
    fc.assert(fc.property(fc.string(), (text) => void blocksOf(text)));
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L} ,.]+$/u), (text) => {
        expect(blocksOf(text).map(plainOfBlock).join(' ').replaceAll(/\s+/g, ' ').trim()).toBe(text.replaceAll(/\s+/g, ' ').trim());
      }),
    );
  });
});
