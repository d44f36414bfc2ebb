/** A question about voices, as data: the same on screen, in exports, on the command line and in rules. */
export interface Question {
  readonly measures: readonly string[];
  readonly by: readonly string[];
  readonly where: readonly Filter[];
  readonly order?: readonly { readonly by: string; readonly descending?: boolean }[];
  readonly limit?: number;
  /** Adds `<measure>_previous` and `<measure>_change` against the equally long time just before. Needs a time filter. */
  readonly compare?: 'previous';
}

export type Filter =
  | { readonly field: string; readonly in: readonly (string | null)[] }
  | { readonly field: string; readonly from?: string; readonly before?: string }
  | { readonly text: string };

export interface AnswerColumn {
  readonly name: string;
  readonly kind: 'dimension' | 'measure';
  readonly unit: 'text' | 'time' | 'count' | 'share' | 'rate' | 'score';
  readonly names: Names;
}

export interface Answer {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
  /** Rows before the limit was applied. */
  readonly total_rows: number;
  /** Until when the warehouse holds everything that was committed. */
  readonly as_of: string;
  /** Codes that appear in the rows → what people call them. */
  readonly labels: Readonly<Record<string, Readonly<Record<string, Names>>>>;
}

export interface Names {
  readonly zh: string;
  readonly en: string;
}
