/** Each page is its own chunk, loaded when somebody goes there. */
export const PAGES = {
  signin: async () => (await import('./sign-in.page.tsx')).SignInPage,
  overview: async () => (await import('../overview/overview.page.tsx')).OverviewPage,
  record: async () => (await import('../floor/record.page.tsx')).RecordPage,
  levels: async () => (await import('../predict/levels.page.tsx')).LevelsPage,
  funnel: async () => (await import('../analyse/funnel.page.tsx')).FunnelPage,
  agreement: async () => (await import('../floor/agreement.page.tsx')).AgreementPage,
  'pain-points': async () => (await import('../analyse/pain-points.page.tsx')).PainPointsPage,
  knowledge: async () => (await import('../understand/knowledge.page.tsx')).KnowledgePage,
  segments: async () => (await import('../predict/segments.page.tsx')).SegmentsPage,
  pairs: async () => (await import('../predict/pairs.page.tsx')).PairsPage,
  guide: async () => (await import('../guide/guide.page.tsx')).GuidePage,
  help: async () => (await import('../guide/help.page.tsx')).HelpPage,
  voices: async () => (await import('../voices/voices.page.tsx')).VoicesPage,
  satisfaction: async () => (await import('../predict/satisfaction/satisfaction.page.tsx')).SatisfactionPage,
  models: async () => (await import('../predict/models/models.page.tsx')).ModelsPage,
  alarms: async () => (await import('../warn/alarms.page.tsx')).AlarmsPage,
  'alarms/rules': async () => (await import('../warn/rules.page.tsx')).RulesPage,
  orders: async () => (await import('../act/orders.page.tsx')).OrdersPage,
  'orders/:id': async () => (await import('../act/order.page.tsx')).OrderPage,
  experiments: async () => (await import('../verify/experiments.page.tsx')).ExperimentsPage,
  'experiments/new': async () => (await import('../verify/new-experiment.page.tsx')).NewExperimentPage,
  'experiments/:id': async () => (await import('../verify/experiment.page.tsx')).ExperimentPage,
  handling: async () => (await import('../act/handling/handling.page.tsx')).HandlingPage,
  peaks: async () => (await import('../act/peaks/peaks.page.tsx')).PeaksPage,
  imports: async () => (await import('../ingest/imports.page.tsx')).ImportsPage,
  'imports/:id': async () => (await import('../ingest/import.page.tsx')).ImportPage,
  organisation: async () => (await import('../people/organisation.page.tsx')).OrganisationPage,
  audit: async () => (await import('../people/audit.page.tsx')).AuditPage,
  system: async () => (await import('../platform/system.page.tsx')).SystemPage,
  account: async () => (await import('../people/account.page.tsx')).AccountPage,
  'api-docs': async () => (await import('../platform/api-docs.page.tsx')).ApiDocsPage,
} as const;

type PagePath = keyof typeof PAGES;
const PATHS = Object.keys(PAGES) as readonly PagePath[];

/** The first that fits, part for part; `:id` fits anything. */
export function pageAt(pathname: string): PagePath | undefined {
  const parts = pathname.split('/').slice(1);
  return PATHS.find((path) => {
    const wanted = path.split('/');
    return wanted.length === parts.length && wanted.every((part, i) => part.startsWith(':') || part === parts[i]);
  });
}

/** Fetches the page at this address, if there is one, beside the program and not after it. */
export function fetchPageAt(pathname: string): void {
  const path = pageAt(pathname);
  // Who opens the page is told what went wrong.
  if (path !== undefined) PAGES[path]().catch(() => undefined);
}
