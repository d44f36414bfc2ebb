import type { Page } from 'playwright-core';
import type { Role } from '../../src/model/people.ts';

/** What is photographed, and who looks. Addresses of single things are found in the running world. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  /** The role whose page it is; the analyst's when nothing is said; `nobody` has not signed in. */
  readonly by?: Role | 'nobody';
  /** What is pressed before the picture: a drawer, a palette. */
  readonly press?: (page: Page) => Promise<void>;
}

export const SHOTS: readonly Shot[] = [
  { name: 'overview', path: '/overview' },
  { name: 'overview-manager', path: '/overview', by: 'manager' },
  { name: 'overview-agent', path: '/overview', by: 'agent' },
  { name: 'pain-points', path: '/pain-points' },
  { name: 'pain-points-path', path: '/pain-points?rank=district&f=category_1:fixed&f=category_2:fixed%252Fbroadband' },
  { name: 'touchpoints', path: '/pain-points?view=touchpoints' },
  { name: 'hot-words', path: '/pain-points?view=words&f=category_1:fixed' },
  { name: 'explorer-trend', path: '/pain-points?m=voices&by=day' },
  { name: 'explorer-bars', path: '/pain-points?m=voices,complaints,per_10k_subscribers&by=category_2&period=90d&compare=previous' },
  { name: 'explorer-lines', path: '/pain-points?m=voices&by=week,city&period=90d' },
  { name: 'explorer-figures', path: '/pain-points?m=voices,complaints,share,mean_score&by=&period=90d&compare=previous' },
  { name: 'explorer-empty', path: '/pain-points?m=voices&by=city&period=today&q=zzzz' },
  { name: 'voices', path: '/voices?period=30d' },
  { name: 'voices-filtered', path: '/voices?period=90d&f=kind:complaint&q=%E5%AE%BD%E5%B8%A6' },
  { name: 'segments', path: '/segments' },
  { name: 'segments-temperament', path: '/segments?scheme=temperament' },
  { name: 'segments-clusters', path: '/segments?scheme=clusters' },
  { name: 'knowledge', path: '/knowledge' },
  { name: 'knowledge-matrix', path: '/knowledge?view=matrix' },
  { name: 'knowledge-unmapped', path: '/knowledge?view=unmapped' },
  { name: 'pairs', path: '/pairs' },
  { name: 'levels', path: '/levels' },
  { name: 'models', path: '/models' },
  { name: 'funnel', path: '/funnel' },
  { name: 'agreement', path: '/agreement' },
  { name: 'record', path: '/record', by: 'agent' },
  { name: 'handling', path: '/handling' },
  { name: 'handling-matrix', path: '/handling?tab=matrix' },
  { name: 'handling-chains', path: '/handling?tab=chains' },
  { name: 'peaks', path: '/peaks' },
  { name: 'peaks-calls', path: '/peaks?tab=calls', by: 'quality' },
  { name: 'peaks-ends', path: '/peaks?tab=ends' },
  { name: 'peaks-specialists', path: '/peaks?tab=specialists' },
  { name: 'peaks-settings', path: '/peaks?tab=settings' },
  { name: 'satisfaction', path: '/satisfaction' },
  { name: 'satisfaction-service', path: '/satisfaction?service=bill-information' },
  { name: 'alarms', path: '/alarms' },
  { name: 'alarms-resolved', path: '/alarms?tab=resolved' },
  { name: 'alarms-historical', path: '/alarms?tab=historical' },
  { name: 'rules', path: '/alarms/rules' },
  { name: 'rule-form', path: '/alarms/rules?rule=new' },
  { name: 'experiments', path: '/experiments' },
  { name: 'experiment-new', path: '/experiments/new' },
  { name: 'orders', path: '/orders' },
  { name: 'orders-all', path: '/orders?tab=all' },
  { name: 'orders-department', path: '/orders', by: 'manager' },
  { name: 'imports', path: '/imports' },
  { name: 'organisation', path: '/organisation', by: 'security-admin' },
  { name: 'audit', path: '/audit', by: 'audit-admin' },
  { name: 'system', path: '/system', by: 'system-admin' },
  { name: 'guide', path: '/guide' },
  { name: 'help', path: '/help' },
  { name: 'api-docs', path: '/api-docs' },
  { name: 'no-page', path: '/nowhere' },
  { name: 'sign-in', path: '/signin', by: 'nobody' },
  { name: 'account', path: '/account' },
  { name: 'palette', path: '/overview', press: (page) => page.keyboard.press('Control+k') },
  { name: 'evidence', path: '/pain-points', press: (page) => page.locator('.data-table tbody .bar-cell :is(a, button)').first().click() },
  { name: 'member', path: '/organisation', by: 'security-admin', press: (page) => page.locator('.data-table .person').first().click() },
  { name: 'audit-record', path: '/audit', by: 'audit-admin', press: (page) => page.locator('.data-table .open-voice').first().click() },
  {
    name: 'rule-preview',
    path: '/alarms/rules',
    press: async (page) => {
      await page.locator('.plain-list .item button').first().click();
      await page.locator('.ant-drawer-body section .ant-btn').last().click();
      await page.locator('.ant-drawer-body [role=status] strong').waitFor();
    },
  },
];

/** Enough to see at a glance whether a change broke the look. */
export const SMALL_SET: readonly string[] = ['overview', 'explorer-bars', 'voices', 'alarms-resolved', 'orders-all', 'imports'];

export const WIDTHS = [1440, 390] as const;
export const THEMES = ['light', 'dark'] as const;
export const LOCALES = ['zh', 'en'] as const;
