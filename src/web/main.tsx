import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { firstLocale, startTexts } from './i18n/index.ts';
import './kit/tokens.css';
import './kit/layout.css';
import './kit/tables.css';
import './kit/data-table.css';
import './kit/forms.css';
import './kit/parts.css';
import './kit/loop.css';
import './kit/commands.css';
import { App } from './shell/app.tsx';
import { applyShade, rememberedChoice, shadeOf } from './shell/theme-choice.ts';

applyShade(shadeOf(rememberedChoice()));
await startTexts(firstLocale());

const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
