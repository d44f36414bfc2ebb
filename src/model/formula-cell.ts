/**
 * What a spreadsheet may take for a formula: a sign that begins one, in either width, behind anything that programs drop or
 * skip at the start of a cell (spaces, marks of order and joining, quotes, a separator), or a cell that begins with a tab or a
 * line end. A leading apostrophe is looked through, so that one more of them can always be taken away again.
 */
const FORMULA = /^[\s\p{Cc}\p{Cf}"';]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|^'*[\t\r\n]/u;

/** A text as a cell that no spreadsheet runs: with an apostrophe in front where it needs one. */
export const shielded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** Takes exactly that apostrophe away again: of every text, `unshielded(shielded(text))` is the text. */
export const unshielded = (text: string): string => (text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text);
