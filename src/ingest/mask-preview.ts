import { isNameTitle, maskCell } from './mask-attributes.ts';

interface Column {
  readonly title: string;
  readonly samples: readonly string[];
}
type Row = readonly (string | null)[];

/** First rows and samples of a file, masked by what each column is called or seems to be. Whom a column names is hidden in the others too. */
export function maskPreview(
  columns: readonly Column[],
  fields: readonly (string | null)[],
  rows: readonly Row[],
): { columns: readonly Column[]; rows: readonly Row[] } {
  const titles = columns.map(({ title }, i) => (fields[i] === 'name' ? 'name' : `${title} ${fields[i] ?? ''}`.trim()));
  const named = titles.map(isNameTitle);
  const cells = [
    ...columns.flatMap(({ samples }, i) => (named[i] ? samples : [])),
    ...rows.flatMap((row) => row.filter((cell, i) => cell !== null && named[i])),
  ];
  const names = [...new Set(cells as readonly string[])].slice(0, 200);
  return {
    columns: columns.map(({ title, samples }, i) => ({
      title,
      samples: samples.map((sample) => maskCell(titles[i] ?? '', sample, names)),
    })),
    rows: rows.map((row) => row.map((cell, i) => (cell === null ? null : maskCell(titles[i] ?? '', cell, names)))),
  };
}
