import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { Crashed, NoPage } from './crashed.tsx';
import { PAGES } from './pages.ts';
import { Shell } from './shell.tsx';
import { Start } from './start.tsx';

const { signin, ...inside } = PAGES;

export const router = createBrowserRouter([
  {
    path: '/signin',
    lazy: lazily(signin),
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
          ...Object.entries(inside).map(([path, load]) => ({ path, lazy: lazily(load) })),
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
