import { use } from 'react';
import type { ReactNode } from 'react';
import { FollowContext } from './follow.ts';

/** A link of a long table, to an address that does not depend on where the page is: `?…` of this page, or `/…`. */
export function Followed({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <a href={to} onClick={use(FollowContext)}>
      {children}
    </a>
  );
}
