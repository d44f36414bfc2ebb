import { useState } from 'react';

/** Whether it was ever so: what stands behind a key is made with its first press, not with the page, and then stays. */
export function useEver(now: boolean): boolean {
  const [ever, set] = useState(now);
  if (now && !ever) set(true);
  return ever || now;
}
