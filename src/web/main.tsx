import { askAhead } from './api/ahead.ts';
import { firstLocale, wordsOf } from './i18n/words.ts';
import './kit/tokens.css';
import './kit/layout.css';
import './kit/tables.css';
import './kit/data-table.css';
import './kit/forms.css';
import './kit/parts.css';
import './kit/loop.css';
import './kit/commands.css';
import { applyShade, rememberedChoice, shadeOf } from './shell/first-shade.ts';

/** Small, so that it runs while the program is still on its way: the texts and what every page asks for come beside it, not after it. */
async function start(): Promise<void> {
  applyShade(shadeOf(rememberedChoice()));
  if (location.pathname !== '/signin') askAhead(['/api/me', '/api/me/preferences', '/api/vocabulary', '/api/views']);
  const locale = firstLocale();
  const [words, { startApp }] = await Promise.all([wordsOf(locale), import('./shell/start-app.tsx')]);
  await startApp(locale, words);
}

// Not awaited: the program shares modules with this file, and would wait for it.
void start();
