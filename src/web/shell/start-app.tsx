import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTexts } from '../i18n/index.ts';
import type { Locale, Words } from '../i18n/words.ts';
import { App } from './app.tsx';

export async function startApp(locale: Locale, words: Words): Promise<void> {
  await startTexts(locale, words);
  const root = document.getElementById('root');
  if (root !== null)
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
}
