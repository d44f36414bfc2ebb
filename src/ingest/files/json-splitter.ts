/** One element of a JSON file as text; `tooLarge` elements come without theirs. */
export interface JsonElement {
  readonly text: string;
  readonly tooLarge: boolean;
}

export interface JsonSplitter {
  push(text: string): JsonElement[];
  end(): JsonElement[];
}

/** Lines of an NDJSON file that are not blank. */
export function ndjsonSplitter(rowChars: number): JsonSplitter {
  let rest = '';
  let skipping = false;
  function take(final: boolean): JsonElement[] {
    const out: JsonElement[] = [];
    let at = 0;
    for (;;) {
      let end = rest.indexOf('\n', at);
      if (end < 0 && (!final || at >= rest.length)) break;
      if (end < 0) end = rest.length;
      const line = rest.slice(at, end);
      at = end + 1;
      if (skipping) skipping = false;
      else if (line.length > rowChars) out.push({ text: '', tooLarge: true });
      else if (line.trim() !== '') out.push({ text: line, tooLarge: false });
    }
    rest = rest.slice(Math.min(at, rest.length));
    if (rest.length > rowChars) {
      if (!skipping) out.push({ text: '', tooLarge: true });
      skipping = true;
      rest = '';
    }
    return out;
  }
  return { push: (text) => ((rest += text), take(false)), end: () => take(true) };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The elements of a JSON array, given in pieces: `[…]`, or the first array inside one object (`{"data": […]}`).
 * Several objects one after the other (pretty-printed "NDJSON") are elements too; an object without an array is one itself.
 * Only brackets and strings are looked at; whether an element is well-formed is found when it is parsed.
 */
export function jsonSplitter(rowChars: number): JsonSplitter {
  let rest = '';
  let scanned = 0;
  let start = -1;
  let depth = 0;
  let inString = false;
  let skipping = false;
  /** Depth at which elements lie: 0 before the first bracket is seen, 1 in `[…]`, 2 in `{"x": […]}`. */
  let level = 0;
  let wrapper = -1;
  let over = false;

  function take(out: JsonElement[], before: number): void {
    const text = rest.slice(start, before);
    if (skipping || text.length > rowChars) {
      if (!skipping) out.push({ text: '', tooLarge: true });
      skipping = false;
    } else if (text.trim() !== '') out.push({ text: text.trim(), tooLarge: false });
    start = -1;
  }

  function open(at: number, bracket: string): void {
    depth++;
    if (level === 0 && depth === 1 && bracket === '[') level = 1;
    else if (level === 0 && depth === 1) wrapper = at;
    else if (level === 0 && depth === 2 && bracket === '[' && wrapper >= 0) level = 2;
    else if (level > 0 && depth === level + 1 && start < 0) start = at;
  }

  function close(at: number, out: JsonElement[]): void {
    if (level > 0 && depth === level) {
      if (start >= 0) take(out, at);
      over = level === 2;
      level = 0;
      wrapper = -1;
      depth = over ? depth : 0;
      return;
    }
    depth = Math.max(0, depth - 1);
    if (level === 0 && depth === 0 && wrapper >= 0) {
      start = wrapper;
      take(out, at + 1);
      wrapper = -1;
    }
  }

  function scan(): JsonElement[] {
    const out: JsonElement[] = [];
    for (let i = scanned; i < rest.length && !over; i++) {
      const c = rest.charCodeAt(i);
      if (inString) {
        if (c === BACKSLASH) i++;
        else if (c === QUOTE) inString = false;
        scanned = i + 1;
        continue;
      }
      step(i, c, out);
      scanned = i + 1;
    }
    forget(out);
    return out;
  }

  function step(i: number, c: number, out: JsonElement[]): void {
    const inArray = level > 0 && depth === level;
    if (c === QUOTE) {
      inString = true;
      if (inArray && start < 0) start = i;
    } else if (c === 0x5b || c === 0x7b) open(i, String.fromCharCode(c));
    else if (c === 0x5d || c === 0x7d) close(i, out);
    else if (inArray && c === 0x2c) {
      if (start >= 0) take(out, i);
    } else if (inArray && start < 0 && c > 0x20) start = i;
  }

  /** Keeps only the text of the open element, and of that no more than a row may have. */
  function forget(out: JsonElement[]): void {
    let keep = start >= 0 ? start : wrapper >= 0 && level === 0 ? wrapper : scanned;
    if (rest.length - keep > rowChars) {
      if (start >= 0 && !skipping) out.push({ text: '', tooLarge: true });
      skipping ||= start >= 0;
      keep = scanned;
    }
    keep = Math.min(keep, rest.length);
    rest = rest.slice(keep);
    if (start >= 0) start = Math.max(0, start - keep);
    if (wrapper >= 0) wrapper = Math.max(0, wrapper - keep);
    scanned -= keep;
  }

  return {
    push(text) {
      rest += text;
      return scan();
    },
    end() {
      const out = scan();
      const from = start >= 0 ? start : level === 0 && wrapper >= 0 ? wrapper : -1;
      if (!over && from >= 0) {
        start = from;
        take(out, rest.length);
      } else if (!over && level === 0 && out.length === 0 && rest.trim() !== '') out.push({ text: rest.trim(), tooLarge: false });
      rest = '';
      return out;
    },
  };
}
