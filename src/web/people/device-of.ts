const BROWSERS: readonly (readonly [string, string])[] = [
  ['MicroMessenger/', 'WeChat'],
  ['wxwork/', 'WeCom'],
  ['DingTalk/', 'DingTalk'],
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
];
const SYSTEMS: readonly (readonly [string, string])[] = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
];

/** “Chrome · Windows” out of what a browser says it is; a program's own name is kept short; null: it said nothing. */
export function deviceOf(agent: string): string | null {
  const found = (list: readonly (readonly [string, string])[]) => list.find(([mark]) => agent.includes(mark))?.[1];
  const parts = [found(BROWSERS), found(SYSTEMS)].filter((part) => part !== undefined);
  if (parts.length > 0) return parts.join(' · ');
  return agent === '' ? null : agent.slice(0, 40);
}
