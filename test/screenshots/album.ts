import { LOCALES, THEMES, WIDTHS } from './pages.ts';

export interface Look {
  readonly width: (typeof WIDTHS)[number];
  readonly theme: (typeof THEMES)[number];
  readonly locale: (typeof LOCALES)[number];
}

export const LOOKS: readonly Look[] = WIDTHS.flatMap((width) =>
  THEMES.flatMap((theme) => LOCALES.map((locale) => ({ width, theme, locale }))),
);

export const pictureOf = (name: string, look: Look): string => `${name}-${look.width}-${look.theme}-${look.locale}.png`;

/** One file beside the pictures: ← → turn the page, 1–8 choose the look, without a server. */
export function albumOf(names: readonly string[], looks: readonly Look[]): string {
  const pages = names.map((name) => ({ name, files: looks.map((look) => pictureOf(name, look)) }));
  const data = JSON.stringify({ pages, looks: looks.map((look) => `${look.width} ${look.theme} ${look.locale}`) }).replaceAll(
    '<',
    '\\u003c',
  );
  return `<!doctype html>
<meta charset="utf-8"><title>Voxloop: pages</title>
<style>
  body { margin: 0; font: 14px/1.5 system-ui; background: #e8e8e4; color: #1b1c1d }
  header { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 8px 16px; background: #fff; border-bottom: 1px solid #d4d4d0 }
  button, select { font: inherit; padding: 4px 10px } button[aria-pressed=true] { background: #0e6e77; color: #fff }
  main { padding: 16px; text-align: center } img { max-width: 100%; border: 1px solid #c8c8c4; background: #fff }
</style>
<header><button id="back">←</button><select id="page"></select><button id="on">→</button><span id="looks"></span><span id="count"></span></header>
<main><img id="picture" alt=""></main>
<script>
  const { pages, looks } = ${data};
  let [page, look] = [0, 0];
  const by = (id) => document.getElementById(id);
  pages.forEach((one, i) => by('page').add(new Option(one.name, i)));
  looks.forEach((name, i) => { const b = document.createElement('button'); b.textContent = (i + 1) + ' ' + name; b.onclick = () => show(page, i); by('looks').append(b) });
  function show(p, l) {
    page = (p + pages.length) % pages.length; look = l;
    by('picture').src = pages[page].files[look]; by('page').value = page;
    by('count').textContent = (page + 1) + ' / ' + pages.length;
    [...by('looks').children].forEach((b, i) => b.setAttribute('aria-pressed', i === look));
  }
  by('back').onclick = () => show(page - 1, look); by('on').onclick = () => show(page + 1, look);
  by('page').onchange = () => show(Number(by('page').value), look);
  addEventListener('keydown', (e) => {
    if (e.key === 'ArrowRight') show(page + 1, look); else if (e.key === 'ArrowLeft') show(page - 1, look);
    else if (looks[Number(e.key) - 1] !== undefined) show(page, Number(e.key) - 1);
  });
  show(0, 0);
</script>
`;
}
