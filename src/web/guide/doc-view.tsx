import { createElement } from 'react';
import { Link } from 'react-router';
import { useLocale } from '../kit/locale.ts';
import { DOCS } from './docs.ts';
import type { DocName, Section } from './docs.ts';
import { docsIn } from './load-docs.ts';
import type { Block, Inline } from './markdown.ts';

/** One document of the guide. */
export function DocView({ name, level }: { readonly name: DocName; readonly level: number }) {
  const locale = useLocale();
  const doc = docsIn(locale).find((one) => one.name === name);
  if (doc === undefined) return null;
  return (
    <article className="doc">
      {doc.sections.map((section) => (
        <SectionView key={section.at} section={section} level={level} named={section.title !== doc.title} />
      ))}
    </article>
  );
}

export const anchorOf = (section: Pick<Section, 'doc' | 'at'>): string => `${section.doc}-${section.at}`;

export function SectionView({
  section,
  level,
  named = true,
}: {
  readonly section: Section;
  readonly level: number;
  readonly named?: boolean;
}) {
  return (
    <section id={anchorOf(section)}>
      {named ? createElement(`h${level}`, {}, section.title) : null}
      {section.blocks.map((block, i) => (
        <BlockView key={i} block={block} />
      ))}
    </section>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return (
        <p>
          <Inlines of={block.of} />
        </p>
      );
    case 'list':
      return createElement(
        block.ordered ? 'ol' : 'ul',
        {},
        block.items.map((item, i) => (
          <li key={i}>
            <Inlines of={item} />
          </li>
        )),
      );
    case 'code':
      return (
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case 'table':
      return <TableView block={block} />;
    case 'rule':
      return <hr />;
  }
}

function TableView({ block }: { readonly block: Extract<Block, { kind: 'table' }> }) {
  return (
    <div
      className="scroller"
      tabIndex={0}
      role="region"
      aria-label={block.head.map((cell) => cell.map((part) => ('text' in part ? part.text : '')).join('')).join(' ')}
    >
      <table className="table">
        <thead>
          <tr>
            {block.head.map((cell, i) => (
              <th key={i} scope="col">
                <Inlines of={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, i) => (
            <tr key={i} {...idOf(row)}>
              {row.map((cell, k) => (
                <td key={k}>
                  <Inlines of={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A row that begins with a name in code, such as a measure, can be led to. */
function idOf(row: readonly (readonly Inline[])[]): { readonly id?: string } {
  const first = row[0]?.[0];
  return first?.kind === 'code' && row[0]?.length === 1 ? { id: first.text } : {};
}

function Inlines({ of }: { readonly of: readonly Inline[] }) {
  return of.map((part, i) => {
    switch (part.kind) {
      case 'text':
        return part.text;
      case 'code':
        return <code key={i}>{part.text}</code>;
      case 'strong':
        return (
          <strong key={i}>
            <Inlines of={part.of} />
          </strong>
        );
      case 'link':
        return <Inside key={i} to={part.to} of={part.of} />;
    }
  });
}

/** Links lead inside the product or nowhere: what lies outside stays words. */
function Inside({ to, of }: { readonly to: string; readonly of: readonly Inline[] }) {
  const doc = DOCS.find((name) => to.split('#')[0] === `${name}.md`);
  const words = <Inlines of={of} />;
  if (doc !== undefined) return <Link to={`/help?doc=${doc}`}>{words}</Link>;
  return /^\/[a-z]/.test(to) ? <a href={to}>{words}</a> : words;
}
