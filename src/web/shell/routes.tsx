import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { Crashed, NoPage } from './crashed.tsx';
import { PAGES } from './pages.ts';
import { Shell } from './shell.tsx';
import { Start } from './start.tsx';

export const router = createBrowserRouter([
  {
    path: '/signin',
    lazy: lazily(PAGES.signin),
    ErrorBoundary: Crashed,
    HydrateFallback: Nothing,
  },
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: Crashed,
    HydrateFallback: Nothing,
    children: [
      {
        ErrorBoundary: Crashed,
        children: [
          { index: true, Component: Start },
          { path: 'overview', lazy: lazily(PAGES.overview) },
          { path: 'record', lazy: lazily(PAGES.record) },
          { path: 'levels', lazy: lazily(PAGES.levels) },
          { path: 'funnel', lazy: lazily(PAGES.funnel) },
          { path: 'agreement', lazy: lazily(PAGES.agreement) },
          { path: 'pain-points', lazy: lazily(PAGES['pain-points']) },
          { path: 'knowledge', lazy: lazily(PAGES.knowledge) },
          { path: 'segments', lazy: lazily(PAGES.segments) },
          { path: 'pairs', lazy: lazily(PAGES.pairs) },
          { path: 'guide', lazy: lazily(PAGES.guide) },
          { path: 'help', lazy: lazily(PAGES.help) },
          { path: 'voices', lazy: lazily(PAGES.voices) },
          { path: 'satisfaction', lazy: lazily(PAGES.satisfaction) },
          { path: 'models', lazy: lazily(PAGES.models) },
          { path: 'alarms', lazy: lazily(PAGES.alarms) },
          { path: 'alarms/rules', lazy: lazily(PAGES['alarms/rules']) },
          { path: 'orders', lazy: lazily(PAGES.orders) },
          { path: 'orders/:id', lazy: lazily(PAGES['orders/:id']) },
          { path: 'experiments', lazy: lazily(PAGES.experiments) },
          { path: 'experiments/new', lazy: lazily(PAGES['experiments/new']) },
          { path: 'experiments/:id', lazy: lazily(PAGES['experiments/:id']) },
          { path: 'handling', lazy: lazily(PAGES.handling) },
          { path: 'peaks', lazy: lazily(PAGES.peaks) },
          { path: 'imports', lazy: lazily(PAGES.imports) },
          { path: 'imports/:id', lazy: lazily(PAGES['imports/:id']) },
          { path: 'organisation', lazy: lazily(PAGES.organisation) },
          { path: 'audit', lazy: lazily(PAGES.audit) },
          { path: 'system', lazy: lazily(PAGES.system) },
          { path: 'account', lazy: lazily(PAGES.account) },
          { path: 'api-docs', lazy: lazily(PAGES['api-docs']) },
          { path: '*', Component: NoPage },
        ],
      },
    ],
  },
]);

function Nothing() {
  return null;
}

function lazily(load: () => Promise<ComponentType>): () => Promise<{ readonly Component: ComponentType }> {
  return async () => ({ Component: await load() });
}
