/**
 * The cheapest way to give each row a column of its own (Kuhn 1955, in the O(n²m) form with potentials). `cost[i][j]`, rows ≤ columns
 * or not: where there are more rows than columns, the rows left over get −1.
 */
export function cheapestAssignment(cost: readonly (readonly number[])[]): readonly number[] {
  const rows = cost.length;
  const columns = cost[0]?.length ?? 0;
  if (rows === 0 || columns === 0) return Array.from({ length: rows }, () => -1);
  if (rows <= columns) return assigned(cost, rows, columns);
  const turned = Array.from({ length: columns }, (_, j) => cost.map((row) => row[j] as number));
  const rowOf = assigned(turned, columns, rows);
  return Array.from({ length: rows }, (_, i) => rowOf.indexOf(i));
}

/** Rows are added one by one, each along the shortest augmenting path; index 0 of rows and columns stands for "none". */
function assigned(cost: readonly (readonly number[])[], rows: number, columns: number): readonly number[] {
  const u = new Float64Array(rows + 1);
  const v = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const before = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    let at = 0;
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const isUsed = new Uint8Array(columns + 1);
    do {
      isUsed[at] = 1;
      const from = rowOf[at] as number;
      let [delta, next] = [Number.POSITIVE_INFINITY, 0];
      for (let j = 1; j <= columns; j++) {
        if (isUsed[j] === 1) continue;
        const reduced = (cost[from - 1]?.[j - 1] ?? 0) - (u[from] as number) - (v[j] as number);
        if (reduced < (least[j] as number)) {
          least[j] = reduced;
          before[j] = at;
        }
        if ((least[j] as number) < delta) [delta, next] = [least[j] as number, j];
      }
      for (let j = 0; j <= columns; j++) {
        if (isUsed[j] === 1) {
          const r = rowOf[j] as number;
          u[r] = (u[r] as number) + delta;
          v[j] = (v[j] as number) - delta;
        } else least[j] = (least[j] as number) - delta;
      }
      at = next;
    } while (rowOf[at] !== 0);
    while (at !== 0) {
      const previous = before[at] as number;
      rowOf[at] = rowOf[previous] as number;
      at = previous;
    }
  }
  const columnOf = Array.from({ length: rows }, () => -1);
  for (let j = 1; j <= columns; j++) if ((rowOf[j] as number) > 0) columnOf[(rowOf[j] as number) - 1] = j - 1;
  return columnOf;
}
