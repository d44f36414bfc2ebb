import { askAhead } from './api/ahead.ts';
import { askPainPoints } from './analyse/ask-ahead.ts';
import { firstLocale, wordsOf } from './i18n/words.ts';
// Before our own, which differ from them here and there.
import 'virtual:antd.css';
import './kit/tokens.css';
import './kit/layout.css';
import './kit/tables.css';
import './kit/data-table.css';
import './kit/forms.css';
import './kit/parts.css';
import './kit/loop.css';
import './kit/commands.css';
import { applyShade, rememberedChoice, shadeOf } from './shell/first-shade.ts';
import { fetchPageAt } from './shell/pages.ts';

const EVERY_PAGE_ASKS = ['/api/me', '/api/me/preferences', '/api/vocabulary', '/api/views'];

/** Small, so that it runs while the program is still on its way: the texts, the page and what it asks for come beside it, not after it. */
async function start(): Promise<void> {
  applyShade(shadeOf(rememberedChoice()));
  const { pathname, search } = location;
  fetchPageAt(pathname);
  if (pathname !== '/signin') for (const path of EVERY_PAGE_ASKS) askAhead(path);
  if (pathname === '/pain-points') askPainPoints(search);
  const locale = firstLocale();
  const [words, { startApp }] = await Promise.all([wordsOf(locale), import('./shell/start-app.tsx')]);
  await startApp(locale, words);
}

// Not awaited: the program shares modules with this file, and would wait for it.
void start();
