import type { ReactNode } from 'react';

/** A titled table of figures, a row per group; wider than its place, it scrolls on its own. */
export function FigureTable({
  title,
  words = '',
  titles,
  children,
}: {
  readonly title: string;
  /** What the figures come to. */
  readonly words?: string;
  readonly titles: readonly { readonly text: string; readonly number?: boolean }[];
  readonly children: ReactNode;
}) {
  return (
    <section className="block">
      <h2>{title}</h2>
      {words === '' ? null : <p>{words}</p>}
      <div className="scroller panel">
        <table className="table">
          <thead>
            <tr>
              {titles.map(({ text, number = false }) => (
                <th key={text} scope="col" className={number ? 'number' : undefined}>
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </section>
  );
}
