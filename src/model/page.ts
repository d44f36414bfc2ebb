/** A page of a list; `next` is the cursor of the page after it, null on the last one. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** A page that also says how many rows there are in all. */
export interface CountedPage<Row> extends Page<Row> {
  readonly count: number;
}
