import type { Because } from '../../model/reading.ts';

export interface Piece {
  readonly text: string;
  /** The spans that cover it, the heaviest first; empty = plain text. */
  readonly because: readonly Because[];
}

/** Cuts a text at every edge of a span, so that overlapping reasons stay visible. Spans outside of the text are cut to it. */
export function piecesOf(text: string, because: readonly Because[]): readonly Piece[] {
  const inside = because
    .map((b) => ({ ...b, from: Math.max(0, b.from), before: Math.min(text.length, b.before) }))
    .filter((b) => b.from < b.before);
  const edges = [...new Set([0, text.length, ...inside.flatMap((b) => [b.from, b.before])])].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, i) => {
    const before = edges[i + 1] ?? text.length;
    const covering = inside.filter((b) => b.from <= from && b.before >= before).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
    return { text: text.slice(from, before), because: covering };
  });
}
