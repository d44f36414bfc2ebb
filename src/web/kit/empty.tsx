import type { ReactNode } from 'react';

/** Why there is nothing, and the one thing to do next. */
export function Empty({ why, next, children }: { readonly why: string; readonly next?: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <strong>{why}</strong>
      {next === undefined ? null : <span className="quiet">{next}</span>}
      {children === undefined ? null : <div className="row">{children}</div>}
    </div>
  );
}
