/** What is photographed. Addresses of single things are found in the running world. */
export interface Shot {
  readonly name: string;
  readonly path: string;
}

export const SHOTS: readonly Shot[] = [
  { name: 'overview', path: '/overview' },
  { name: 'explorer-trend', path: '/pain-points' },
  { name: 'explorer-bars', path: '/pain-points?m=voices,complaints,per_10k_subscribers&by=category_2&period=90d&compare=previous' },
  { name: 'explorer-lines', path: '/pain-points?m=voices&by=week,city&period=90d' },
  { name: 'explorer-figures', path: '/pain-points?m=voices,complaints,share,mean_score&by=&period=90d&compare=previous' },
  { name: 'explorer-empty', path: '/pain-points?m=voices&by=city&period=today&q=zzzz' },
  { name: 'voices', path: '/voices?period=30d' },
  { name: 'voices-filtered', path: '/voices?period=90d&f=kind:complaint&q=%E5%AE%BD%E5%B8%A6' },
  { name: 'alarms', path: '/alarms' },
  { name: 'alarms-resolved', path: '/alarms?tab=resolved' },
  { name: 'alarms-historical', path: '/alarms?tab=historical' },
  { name: 'rules', path: '/alarms/rules' },
  { name: 'rule-form', path: '/alarms/rules?rule=new' },
  { name: 'orders', path: '/orders' },
  { name: 'orders-all', path: '/orders?tab=all' },
  { name: 'imports', path: '/imports' },
  { name: 'organisation', path: '/organisation' },
  { name: 'audit', path: '/audit' },
  { name: 'system', path: '/system' },
  { name: 'no-page', path: '/nowhere' },
];

/** Enough to see at a glance whether a change broke the look. */
export const SMALL_SET: readonly string[] = ['overview', 'explorer-bars', 'voices', 'alarms-resolved', 'orders-all', 'imports'];

export const WIDTHS = [1440, 390] as const;
export const THEMES = ['light', 'dark'] as const;
export const LOCALES = ['zh', 'en'] as const;
