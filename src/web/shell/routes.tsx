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
          { path: 'record', lazy: async () => ({ Component: (await import('../floor/record.page.tsx')).RecordPage }) },
          { path: 'levels', lazy: async () => ({ Component: (await import('../predict/levels.page.tsx')).LevelsPage }) },
          { path: 'funnel', lazy: async () => ({ Component: (await import('../analyse/funnel.page.tsx')).FunnelPage }) },
          { path: 'agreement', lazy: async () => ({ Component: (await import('../floor/agreement.page.tsx')).AgreementPage }) },
          { path: 'pain-points', lazy: async () => ({ Component: (await import('../analyse/pain-points.page.tsx')).PainPointsPage }) },
          { path: 'knowledge', lazy: async () => ({ Component: (await import('../understand/knowledge.page.tsx')).KnowledgePage }) },
          { path: 'segments', lazy: async () => ({ Component: (await import('../predict/segments.page.tsx')).SegmentsPage }) },
          { path: 'pairs', lazy: async () => ({ Component: (await import('../predict/pairs.page.tsx')).PairsPage }) },
          { path: 'guide', lazy: async () => ({ Component: (await import('../guide/guide.page.tsx')).GuidePage }) },
          { path: 'help', lazy: async () => ({ Component: (await import('../guide/help.page.tsx')).HelpPage }) },
          { path: 'voices', lazy: async () => ({ Component: (await import('../voices/voices.page.tsx')).VoicesPage }) },
          {
            path: 'satisfaction',
            lazy: async () => ({ Component: (await import('../predict/satisfaction/satisfaction.page.tsx')).SatisfactionPage }),
          },
          { path: 'models', lazy: async () => ({ Component: (await import('../predict/models/models.page.tsx')).ModelsPage }) },
          { path: 'alarms', lazy: async () => ({ Component: (await import('../warn/alarms.page.tsx')).AlarmsPage }) },
          { path: 'alarms/rules', lazy: async () => ({ Component: (await import('../warn/rules.page.tsx')).RulesPage }) },
          { path: 'orders', lazy: async () => ({ Component: (await import('../act/orders.page.tsx')).OrdersPage }) },
          { path: 'orders/:id', lazy: async () => ({ Component: (await import('../act/order.page.tsx')).OrderPage }) },
          { path: 'experiments', lazy: async () => ({ Component: (await import('../verify/experiments.page.tsx')).ExperimentsPage }) },
          {
            path: 'experiments/new',
            lazy: async () => ({ Component: (await import('../verify/new-experiment.page.tsx')).NewExperimentPage }),
          },
          { path: 'experiments/:id', lazy: async () => ({ Component: (await import('../verify/experiment.page.tsx')).ExperimentPage }) },
          { path: 'handling', lazy: async () => ({ Component: (await import('../act/handling/handling.page.tsx')).HandlingPage }) },
          { path: 'peaks', lazy: async () => ({ Component: (await import('../act/peaks/peaks.page.tsx')).PeaksPage }) },
          { path: 'imports', lazy: async () => ({ Component: (await import('../ingest/imports.page.tsx')).ImportsPage }) },
          { path: 'imports/:id', lazy: async () => ({ Component: (await import('../ingest/import.page.tsx')).ImportPage }) },
          { path: 'organisation', lazy: async () => ({ Component: (await import('../people/organisation.page.tsx')).OrganisationPage }) },
          { path: 'audit', lazy: async () => ({ Component: (await import('../people/audit.page.tsx')).AuditPage }) },
          { path: 'system', lazy: async () => ({ Component: (await import('../platform/system.page.tsx')).SystemPage }) },
          { path: 'account', lazy: async () => ({ Component: (await import('../people/account.page.tsx')).AccountPage }) },
          { path: 'api-docs', lazy: async () => ({ Component: (await import('../platform/api-docs.page.tsx')).ApiDocsPage }) },
          { path: '*', Component: NoPage },
        ],
      },
    ],
  },
]);

function Nothing() {
  return null;
}
