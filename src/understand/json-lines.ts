interface Level {
  /** Path of the object or list, '' = the whole file. */
  readonly path: string;
  readonly list: boolean;
  /** Key of the value that comes next, or its index. */
  next: string;
}

/**
 * Line of every value of a JSON text, by path (`terms.12.category` → 14), for messages to whoever wrote it by hand.
 * Expects a text that JSON.parse took.
 */
export function linesOfJson(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const levels: Level[] = [];
  let line = 1;
  const begin = (): string => {
    const level = levels.at(-1);
    if (level === undefined) return '';
    const path = level.path === '' ? level.next : `${level.path}.${level.next}`;
    lines.set(path, line);
    return path;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    const level = levels.at(-1);
    if (c === '\n') line++;
    else if (c === '{' || c === '[') levels.push({ path: begin(), list: c === '[', next: c === '[' ? '0' : '' });
    else if (c === '}' || c === ']') levels.pop();
    else if (c === ',') {
      if (level?.list === true) level.next = String(Number(level.next) + 1);
      else if (level !== undefined) level.next = '';
    } else if (c === '"') {
      const end = endOfString(text, i);
      if (level?.list === false && level.next === '') level.next = JSON.parse(text.slice(i, end + 1)) as string;
      else begin();
      i = end;
    } else if (!' \t\r:'.includes(c)) {
      begin();
      while (i + 1 < text.length && !',]} \n\r\t'.includes(text.charAt(i + 1))) i++;
    }
  }
  return lines;
}

function endOfString(text: string, from: number): number {
  let i = from + 1;
  while (i < text.length && text.charAt(i) !== '"') i += text.charAt(i) === '\\' ? 2 : 1;
  return i;
}
