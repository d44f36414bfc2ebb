import type { ReactNode } from 'react';

/** A small table of figures: titles, and rows of cells of which the first names the row. */
export function Grid({
  label,
  titles,
  rows,
}: {
  readonly label: string;
  readonly titles: readonly { readonly text: string; readonly number?: boolean }[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}) {
  return (
    <div className="panel">
      <div className="scroller" tabIndex={0} role="group" aria-label={label}>
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
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key}>
                {cells.map((cell, i) => (
                  <td key={titles[i]?.text ?? i} className={titles[i]?.number === true ? 'number' : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
