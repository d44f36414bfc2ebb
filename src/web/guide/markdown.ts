/** The Markdown that the guide is written in, as data. What it does not know stays text; nothing ever becomes HTML. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly of: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly of: readonly Inline[]; readonly to: string };

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly of: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly of: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly (readonly Inline[])[]; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly kind: 'rule' };

export function blocksOf(markdown: string): readonly Block[] {
  const lines = markdown.split(/\r?\n/);
  const blocks: Block[] = [];
  let i = 0;
  while (i < lines.length) {
    const [block, next] = blockAt(lines, i);
    if (block !== null) blocks.push(block);
    i = next;
  }
  return blocks;
}

type At = readonly [block: Block | null, next: number];

function blockAt(lines: readonly string[], at: number): At {
  const line = lines[at] ?? '';
  if (line.trim() === '') return [null, at + 1];
  if (line.startsWith('```')) return codeAt(lines, at);
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading !== null) return [{ kind: 'heading', level: heading[1]?.length ?? 1, of: inlineOf(heading[2] ?? '') }, at + 1];
  if (/^(-{3,}|\*{3,})\s*$/.test(line)) return [{ kind: 'rule' }, at + 1];
  if (line.trimStart().startsWith('|') && isDivider(lines[at + 1])) return tableAt(lines, at);
  if (ITEM.test(line)) return listAt(lines, at);
  const end = lines.findIndex(
    (one, i) => i > at && (one.trim() === '' || one.startsWith('```') || ITEM.test(one) || /^#{1,6}\s/.test(one)),
  );
  const last = end < 0 ? lines.length : end;
  return [
    {
      kind: 'paragraph',
      of: inlineOf(
        lines
          .slice(at, last)
          .map((one) => one.trim())
          .join(' '),
      ),
    },
    last,
  ];
}

const ITEM = /^\s*([-*]|\d+\.)\s+(.*)$/;
const isDivider = (line: string | undefined): boolean => line !== undefined && /^[\s:|-]*$/.test(line) && line.includes('|');

function codeAt(lines: readonly string[], at: number): At {
  const end = lines.findIndex((line, i) => i > at && line.startsWith('```'));
  const last = end < 0 ? lines.length : end;
  return [{ kind: 'code', text: lines.slice(at + 1, last).join('\n') }, last + 1];
}

function listAt(lines: readonly string[], at: number): At {
  const items: string[] = [];
  let i = at;
  for (; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const item = ITEM.exec(line);
    if (item !== null) items.push(item[2] ?? '');
    else if (/^\s+\S/.test(line) && items.length > 0) items[items.length - 1] += ` ${line.trim()}`;
    else break;
  }
  return [{ kind: 'list', ordered: /^\s*\d/.test(lines[at] ?? ''), items: items.map(inlineOf) }, i];
}

const cellsOf = (line: string): readonly (readonly Inline[])[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => inlineOf(cell.trim()));

function tableAt(lines: readonly string[], at: number): At {
  let end = at + 2;
  while ((lines[end] ?? '').trimStart().startsWith('|')) end++;
  return [{ kind: 'table', head: cellsOf(lines[at] ?? ''), rows: lines.slice(at + 2, end).map(cellsOf) }, end];
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^[\]]+)\]\(([^)\s]+)\)|\*([^*\s][^*]*)\*/;

export function inlineOf(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  let rest = text;
  for (let m = INLINE.exec(rest); m !== null; m = INLINE.exec(rest)) {
    if (m.index > 0) parts.push({ kind: 'text', text: rest.slice(0, m.index) });
    if (m[1] !== undefined) parts.push({ kind: 'code', text: m[1] });
    else if (m[3] !== undefined) parts.push({ kind: 'link', of: inlineOf(m[3]), to: m[4] ?? '' });
    else parts.push({ kind: 'strong', of: inlineOf(m[2] ?? m[5] ?? '') });
    rest = rest.slice(m.index + m[0].length);
  }
  return rest === '' ? parts : [...parts, { kind: 'text', text: rest }];
}

export const plainOf = (inline: readonly Inline[]): string =>
  inline.map((part) => (part.kind === 'text' || part.kind === 'code' ? part.text : plainOf(part.of))).join('');

export function plainOfBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return plainOf(block.of);
    case 'list':
      return block.items.map(plainOf).join(' ');
    case 'code':
      return block.text;
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(plainOf).join(' ')).join(' ');
    case 'rule':
      return '';
  }
}
