/** A line that did not end in time: no more is read. */
export class EndlessLine extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`Line ${line} does not end.`);
    this.line = line;
  }
}

/**
 * Lines of UTF-8 text that comes in pieces, blank ones too, without their ends. Holds one line at most: from `longest` characters on
 * it is an `EndlessLine`, whether its end ever comes or not.
 */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let open = '';
  let line = 1;
  for await (const piece of pieces) {
    const parts = decoder.decode(piece, { stream: true }).split('\n');
    for (const [i, part] of parts.entries()) {
      open += part;
      if (open.length > longest) throw new EndlessLine(line);
      if (i === parts.length - 1) break;
      yield open;
      open = '';
      line += 1;
    }
  }
  open += decoder.decode();
  if (open !== '') yield open;
}
