import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedStrings, stylesOf, workbookOf } from './sheet-parts.ts';
import { type SheetRow, sheetRows } from './sheet-rows.ts';

const context = {
  shared: ['甲', 'b & c'],
  styles: stylesOf('<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'),
  system1904: false,
  rowChars: 100,
  columns: 50,
};

const XML = `<?xml version="1.0"?><x:worksheet><x:dimension ref="A1:XFD9"/><x:sheetData><x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c>
<x:c r="AB2"><x:f>A1&gt;2</x:f><x:v>1</x:v></x:c></x:row><x:row r="3" spans="1:2"/><x:row r="4"><x:c r="B4" s="1"><x:v>42116</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c>
<x:c t="inlineStr"><x:is><x:r><x:t>p</x:t></x:r><x:rPh><x:t>nope</x:t></x:rPh><x:r><x:t>q&#x597d;</x:t></x:r></x:is></x:c></x:row><!-- a > b --><x:row><x:c t="b"><x:v>1</x:v></x:c></x:row>
<x:row r="9"><x:c t="str"><x:v>${'long'.repeat(60)}</x:v></x:c></x:row></x:sheetData></x:worksheet>`;

function rowsOf(pieces: readonly string[]): SheetRow[] {
  const read = sheetRows(context);
  return pieces.flatMap((piece) => read(piece));
}

test('rows with a value come out, each cell in its column', () => {
  const rows = rowsOf([XML]);
  expect(rows.map(({ number, tooLarge }) => [number, tooLarge])).toEqual([
    [2, false],
    [4, false],
    [5, false],
    [9, true],
  ]);
  expect(rows[0]?.cells).toHaveLength(28);
  expect([rows[0]?.cells[0], rows[0]?.cells[1], rows[0]?.cells[27]]).toEqual(['甲', null, '1']);
  expect(rows[1]?.cells).toEqual([null, '2015-04-22', null, 'pq好']);
  expect(rows[2]?.cells).toEqual(['true']);
});

test('wherever the XML is cut, the rows are the same', () => {
  const whole = rowsOf([XML]);
  fc.assert(
    fc.property(fc.array(fc.nat(XML.length), { maxLength: 12 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), XML.length];
      expect(rowsOf(at.slice(1).map((end, i) => XML.slice(at[i], end)))).toEqual(whole);
    }),
  );
});

test('any text at all is read without an exception', () => {
  const piece = fc.constantFrom(
    '<row r="1">',
    '</row>',
    '<c r="A1" t="s">',
    '<c t="str">',
    '<v>',
    '</v>',
    '</c>',
    '7',
    '&#1114112;',
    '&lol;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '"',
    '>',
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => void rowsOf(pieces)));
});

test('an entity that a document declares is not expanded', () => {
  const { push, strings } = sharedStrings(1_000);
  push('<!DOCTYPE x [<!ENTITY lol "lollollol">]><sst><si><t>&lol; &amp;lt;</t></si></sst>');
  expect(strings).toEqual(['&lol; &lt;']);
});

test('sheets are found by their relations, in the order of their tabs', () => {
  const relations =
    '<Relationships><Relationship Target="/xl/worksheets/b.xml" Id="r2"/><Relationship Id="r1" Target="worksheets/a.xml"/></Relationships>';
  const book =
    '<workbook><workbookPr date1904="true"/><sheets><sheet r:id="r2" name="二 &amp; 2"/><sheet name="一" r:id="r1"/></sheets></workbook>';
  expect(workbookOf(book, relations)).toEqual({
    sheets: [
      { name: '二 & 2', target: 'xl/worksheets/b.xml', kept: false },
      { name: '一', target: 'xl/worksheets/a.xml', kept: false },
    ],
    system1904: true,
  });
});

test('an attribute full of angle brackets costs no more than its length', () => {
  const began = process.cpuUsage().user;
  const scan = sheetRows({ shared: [], styles: [], system1904: false, rowChars: 1_048_576, columns: 100 });
  scan(`<row r="1"><c r="A1" x="${'>'.repeat(4_000_000)}"><v>1</v></c></row>`);
  expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(2);
});
