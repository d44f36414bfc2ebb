import { unreadable } from './records.ts';

/** The parts of XML that spreadsheets use. No DTD, no entities but the five and characters by number: nothing to expand. */
export interface XmlHandler {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

/** Feeds pieces of any size to the handler; prefixes (`x:row`) are dropped. Answers how to end. */
export function xmlScanner(handler: XmlHandler, maxPiece: number): (text: string) => void {
  let rest = '';
  return (text) => {
    rest = rest === '' ? text : rest + text;
    let at = 0;
    for (;;) {
      const open = rest.indexOf('<', at);
      if (open < 0) break;
      const close = tagEnd(rest, open);
      if (close < 0) break;
      if (open > at) handler.text(decoded(rest.slice(at, open)));
      tag(rest, open, close, handler);
      at = close + 1;
    }
    rest = rest.slice(at);
    if (rest.length > maxPiece) throw unreadable('xml piece too large');
  };
}

function tagEnd(text: string, open: number): number {
  if (text.startsWith('<!--', open)) {
    const end = text.indexOf('-->', open + 4);
    return end < 0 ? -1 : end + 2;
  }
  if (text.startsWith('<![CDATA[', open)) {
    const end = text.indexOf(']]>', open + 9);
    return end < 0 ? -1 : end + 2;
  }
  // A `>` inside an attribute does not end the tag. Each character is looked at once: an attribute may be full of them.
  let quotes = 0;
  for (let i = open; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) quotes++;
    else if (c === 0x3e && quotes % 2 === 0) return i;
  }
  return -1;
}

function tag(text: string, open: number, close: number, handler: XmlHandler): void {
  const first = text.charCodeAt(open + 1);
  if (first === 0x21) {
    if (text.startsWith('<![CDATA[', open)) handler.text(text.slice(open + 9, close - 2));
    return;
  }
  if (first === 0x3f) return;
  if (first === 0x2f) {
    handler.close(local(text.slice(open + 2, close).trim()));
    return;
  }
  const selfClosing = text.charCodeAt(close - 1) === 0x2f;
  const inner = text.slice(open + 1, selfClosing ? close - 1 : close);
  const space = inner.search(/\s/);
  const name = local(space < 0 ? inner : inner.slice(0, space));
  handler.open(name, space < 0 ? '' : inner.slice(space));
  if (selfClosing) handler.close(name);
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

export function attribute(attributes: string, name: string): string | null {
  const key = ` ${name}="`;
  const at = attributes.indexOf(key);
  if (at < 0) return null;
  const end = attributes.indexOf('"', at + key.length);
  return decoded(attributes.slice(at + key.length, end));
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w{2,4});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name] ?? whole;
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  });
}
