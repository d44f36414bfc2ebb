import { createBrowserRouter } from 'react-router';
import { Crashed, NoPage } from './crashed.tsx';
import { Shell } from './shell.tsx';
import { Start } from './start.tsx';

/** Each page is its own chunk, loaded when somebody goes there. */
export const router = createBrowserRouter([
  {
    path: '/signin',
    lazy: async () => ({ Component: (await import('./sign-in.page.tsx')).SignInPage }),
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
          { path: 'overview', lazy: async () => ({ Component: (await import('../overview/overview.page.tsx')).OverviewPage }) },
          { path: 'pain-points', lazy: async () => ({ Component: (await import('../analyse/explorer.page.tsx')).ExplorerPage }) },
          { path: 'voices', lazy: async () => ({ Component: (await import('../voices/voices.page.tsx')).VoicesPage }) },
          { path: 'alarms', lazy: async () => ({ Component: (await import('../warn/alarms.page.tsx')).AlarmsPage }) },
          { path: 'alarms/rules', lazy: async () => ({ Component: (await import('../warn/rules.page.tsx')).RulesPage }) },
          { path: 'orders', lazy: async () => ({ Component: (await import('../act/orders.page.tsx')).OrdersPage }) },
          { path: 'orders/:id', lazy: async () => ({ Component: (await import('../act/order.page.tsx')).OrderPage }) },
          { path: 'imports', lazy: async () => ({ Component: (await import('../ingest/imports.page.tsx')).ImportsPage }) },
          { path: 'imports/:id', lazy: async () => ({ Component: (await import('../ingest/import.page.tsx')).ImportPage }) },
          { path: 'organisation', lazy: async () => ({ Component: (await import('../people/organisation.page.tsx')).OrganisationPage }) },
          { path: 'audit', lazy: async () => ({ Component: (await import('../people/audit.page.tsx')).AuditPage }) },
          { path: 'system', lazy: async () => ({ Component: (await import('../platform/system.page.tsx')).SystemPage }) },
          { path: '*', Component: NoPage },
        ],
      },
    ],
  },
]);

function Nothing() {
  return null;
}
