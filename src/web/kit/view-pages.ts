/** Pages that keep views, by their names in the navigation, and where each is. */
export const VIEW_PAGES = {
  explorer: '/pain-points',
  voices: '/voices',
  alarms: '/alarms',
  orders: '/orders',
  pairs: '/pairs',
} as const;
export type ViewPage = keyof typeof VIEW_PAGES;

export const isViewPage = (name: string): name is ViewPage => Object.hasOwn(VIEW_PAGES, name);
