import type { ReactNode } from 'react';

/** A share and its interval as a mark on a line that ends at `most`, with the words beside it. */
export function Whisker({
  share,
  low,
  high,
  most = 1,
  children,
}: {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly most?: number;
  readonly children: ReactNode;
}) {
  const at = (value: number): string => `${Math.min(100, (value / most) * 100)}%`;
  return (
    <span className="whisker">
      <span className="whisker-line" aria-hidden="true">
        <b style={{ left: at(low), width: `calc(${at(high)} - ${at(low)})` }} />
        <i style={{ left: at(share) }} />
      </span>
      <span className="nowrap">{children}</span>
    </span>
  );
}
