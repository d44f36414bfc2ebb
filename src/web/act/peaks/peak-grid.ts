import type { PeakCell, PeaksView } from '../../../model/peaks.ts';

export interface PeakGrid {
  readonly branches: readonly (string | null)[];
  /** 5 on top; null below: not graded yet. */
  readonly levels: readonly (number | null)[];
  readonly cell: (branch: string | null, level: number | null) => Pick<PeakCell, 'n' | 'above'>;
  /** Whether somebody of a field stands above the warning line. */
  readonly isAbove: (branch: string | null, level: number | null) => boolean;
  readonly most: number;
}

/** Fields by level and category, the most frequent category first; the levels are all there, so that the picture keeps its shape. */
export function peakGrid(cells: readonly PeakCell[]): PeakGrid {
  const sums = new Map<string | null, number>();
  for (const { branch, n } of cells) sums.set(branch, (sums.get(branch) ?? 0) + n);
  const branches = [...sums].toSorted((a, b) => b[1] - a[1]).map(([branch]) => branch);
  const at = new Map(cells.map((one) => [`${one.branch}|${one.level}`, one]));
  const cell = (branch: string | null, level: number | null) => at.get(`${branch}|${level}`) ?? { n: 0, above: 0 };
  return {
    branches,
    levels: [5, 4, 3, 2, 1, ...(cells.some((one) => one.level === null) ? [null] : [])],
    cell,
    isAbove: (branch, level) => cell(branch, level).above > 0,
    most: Math.max(1, ...cells.map((one) => one.n)),
  };
}

/** Sides of a field on which the warning line runs: between one above it and one below. */
export function edgesOf(grid: PeakGrid, branch: string | null, level: number | null): readonly string[] {
  if (!grid.isAbove(branch, level)) return [];
  const [column, row] = [grid.branches.indexOf(branch), grid.levels.indexOf(level)];
  const out = (b: number, l: number): boolean => {
    const [other, height] = [grid.branches[b], grid.levels[l]];
    return other === undefined || height === undefined || !grid.isAbove(other, height);
  };
  return [
    ...(out(column, row + 1) ? ['edge-below'] : []),
    ...(out(column + 1, row) ? ['edge-right'] : []),
    ...(out(column - 1, row) ? ['edge-left'] : []),
    ...(row > 0 && out(column, row - 1) ? ['edge-top'] : []),
  ];
}

/** What a field is asked for by, for its voices; as many as the figure says. */
export function fieldText(
  { days, scheme }: Pick<PeaksView, 'days' | 'scheme'>,
  segment: string | null,
  field: { readonly branch?: string | null; readonly level?: number | null; readonly above?: boolean },
): string {
  const params = new URLSearchParams({ days: String(days) });
  if (scheme !== 'rules') params.set('scheme', scheme);
  if (segment !== null) params.set('segment', segment);
  if (field.branch !== undefined) params.set('branch', field.branch ?? '');
  if (field.level !== undefined) params.set('level', String(field.level ?? 0));
  if (field.above === true) params.set('above', 'true');
  return params.toString();
}
