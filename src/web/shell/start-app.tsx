import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTexts } from '../i18n/index.ts';
import type { Locale, Words } from '../i18n/words.ts';
import { queries } from '../api/queries.ts';
import { ME } from '../kit/me.ts';
import { OWN } from '../kit/preferences.ts';
import { VOCABULARY } from '../kit/vocabulary.ts';
import { App } from './app.tsx';

export async function startApp(locale: Locale, words: Words): Promise<void> {
  await Promise.all([startTexts(locale, words), location.pathname === '/signin' ? null : standing()]);
  const root = document.getElementById('root');
  if (root !== null)
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
}

/** How long the page stays empty for what it stands on, in ms; a server that is slower than this is seen to be waited for. */
const PATIENCE_MS = 800;

/** What every page stands on: it was asked ahead, and with it the frame is drawn once, not anew with each answer. */
const standing = (): Promise<unknown> =>
  Promise.race([
    Promise.all([
      queries.prefetchQuery(ME),
      queries.prefetchQuery({ ...OWN, retry: false }),
      queries.prefetchQuery({ ...VOCABULARY, retry: false }),
    ]),
    new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)),
  ]);
