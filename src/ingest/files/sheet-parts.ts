import { unreadable } from './records.ts';
import { type NumberStyle, numberStyle } from './sheet-value.ts';
import { unescaped } from './sheet-rows.ts';
import { attribute, xmlScanner } from './xml-scanner.ts';

/** Texts that cells refer to by number, given in pieces; phonetic hints are left out. */
export function sharedStrings(maxChars: number): { readonly push: (text: string) => void; readonly strings: readonly string[] } {
  const strings: string[] = [];
  let value = '';
  let reading = false;
  let phonetic = false;
  let chars = 0;
  const push = xmlScanner(
    {
      open(name) {
        if (name === 'si') value = '';
        else if (name === 'rPh') phonetic = true;
        else if (name === 't') reading = !phonetic;
      },
      close(name) {
        if (name === 't') reading = false;
        else if (name === 'rPh') phonetic = false;
        else if (name === 'si') strings.push(unescaped(value));
      },
      text(text) {
        if (!reading) return;
        chars += text.length;
        if (chars > maxChars) throw unreadable('shared strings too large');
        value += text;
      },
    },
    8 * 1024 ** 2,
  );
  return { push, strings };
}

export function stylesOf(xml: string): readonly NumberStyle[] {
  const codes = new Map<number, string>();
  const styles: NumberStyle[] = [];
  let inCells = false;
  const scan = xmlScanner(
    {
      open(name, attributes) {
        if (name === 'numFmt') codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
        else if (name === 'cellXfs') inCells = true;
        else if (name === 'xf' && inCells) {
          const id = Number(attribute(attributes, 'numFmtId') ?? 0);
          styles.push(numberStyle(id, codes.get(id)));
        }
      },
      close(name) {
        if (name === 'cellXfs') inCells = false;
      },
      text() {},
    },
    xml.length + 1,
  );
  scan(xml);
  return styles;
}

export interface SheetName {
  readonly name: string;
  readonly target: string;
  /** Where a template keeps its lists and its mark; nobody's data. */
  readonly kept: boolean;
}

export interface Workbook {
  readonly sheets: readonly SheetName[];
  readonly system1904: boolean;
}

/** Sheets in the order of their tabs, hidden ones last, each with the path of its XML. */
export function workbookOf(workbookXml: string, relationsXml: string): Workbook {
  const targets = new Map<string, string>();
  elements(relationsXml, 'Relationship', (attributes) => {
    const target = attribute(attributes, 'Target') ?? '';
    targets.set(attribute(attributes, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  });
  const shown: SheetName[] = [];
  const hidden: SheetName[] = [];
  elements(workbookXml, 'sheet', (attributes) => {
    const target = targets.get(attribute(attributes, 'r:id') ?? attribute(attributes, 'id') ?? '');
    if (target === undefined || !target.includes('worksheets/')) return;
    const state = attribute(attributes, 'state') ?? 'visible';
    (state === 'visible' ? shown : hidden).push({ name: attribute(attributes, 'name') ?? '', target, kept: state === 'veryHidden' });
  });
  let system1904 = false;
  elements(workbookXml, 'workbookPr', (attributes) => {
    system1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '');
  });
  // What its author hid may be chosen, but is not what a file is read for.
  return { sheets: [...shown, ...hidden], system1904 };
}

function elements(xml: string, wanted: string, each: (attributes: string) => void): void {
  const scan = xmlScanner(
    { open: (name, attributes) => name === wanted && each(attributes.replace(/\s+/g, ' ')), close() {}, text() {} },
    xml.length + 1,
  );
  scan(xml);
}
