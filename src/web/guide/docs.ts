import type { Locale } from '../i18n/index.ts';
import { blocksOf, plainOf, plainOfBlock } from './markdown.ts';
import type { Block } from './markdown.ts';

export const DOCS = ['analyst', 'department', 'measures', 'operator', 'promises'] as const;
export type DocName = (typeof DOCS)[number];

/** A heading and what stands below it. */
export interface Section {
  readonly doc: DocName;
  readonly title: string;
  readonly at: number;
  readonly blocks: readonly Block[];
  readonly plain: string;
}
export interface Doc {
  readonly name: DocName;
  readonly title: string;
  readonly sections: readonly Section[];
}

/** The part of a document in one language: Chinese above the line, English below its heading; one without the heading is in both. */
export function inLanguage(markdown: string, locale: Locale): string {
  const english = markdown.indexOf('\n## English');
  const titled = markdown.replace(/^\[English below\]\(#english\)\s*$/m, '');
  if (english < 0) return titled;
  if (locale === 'zh') return titled.slice(0, titled.indexOf('\n## English')).replace(/\n---\s*$/, '\n');
  const title = /^# (.*)$/m.exec(markdown)?.[1] ?? '';
  return `# ${title}\n${markdown.slice(english).replace('\n## English', '')}`;
}

export function docOf(name: DocName, markdown: string, locale: Locale): Doc {
  const blocks = blocksOf(inLanguage(markdown, locale));
  const first = blocks[0];
  const whole = first?.kind === 'heading' && first.level === 1 ? plainOf(first.of) : name;
  // “分析员指南 · For analysts” carries both names.
  const [zh = whole, en = zh] = whole.split(' · ');
  const title = locale === 'zh' ? zh : en;
  const sections: Section[] = [];
  let open: { title: string; blocks: Block[] } = { title, blocks: [] };
  const close = (): void => {
    if (open.blocks.length === 0) return;
    const plain = [open.title, ...open.blocks.map(plainOfBlock)].join(' ');
    sections.push({ doc: name, title: open.title, at: sections.length, blocks: open.blocks, plain });
  };
  for (const block of blocks.slice(first?.kind === 'heading' ? 1 : 0)) {
    if (block.kind === 'heading') {
      close();
      open = { title: plainOf(block.of), blocks: [] };
    } else if (block.kind !== 'rule') open.blocks.push(block);
  }
  close();
  return { name, title, sections };
}

/** Sections that hold all words, those with the words in their title first. */
export function findSections(docs: readonly Doc[], text: string): readonly Section[] {
  const words = text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const holds = (where: string): boolean => words.every((word) => where.toLowerCase().includes(word));
  const found = docs.flatMap((doc) => doc.sections.filter((section) => holds(section.plain)));
  return found.toSorted((a, b) => Number(holds(b.title)) - Number(holds(a.title)));
}

/** Some text around the first word found. */
export function snippetOf(section: Section, text: string): string {
  const word =
    text
      .toLowerCase()
      .split(/\s+/u)
      .find((one) => one !== '') ?? '';
  const body = section.plain.slice(section.title.length).trim();
  const at = Math.max(0, body.toLowerCase().indexOf(word));
  const from = Math.max(0, at - 40);
  return `${from > 0 ? '… ' : ''}${body.slice(from, at + 100).trim()}${body.length > at + 100 ? ' …' : ''}`;
}
