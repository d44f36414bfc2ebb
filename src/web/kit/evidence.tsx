import { use } from 'react';
import type { ReactNode } from 'react';
import type { Filter } from '../../model/question.ts';
import { filtersIn, narrowed, putFilters } from './filters-url.ts';
import { FollowContext, addressBeside } from './follow.ts';

/** The filters behind a figure as one value of the address. */
export function evidenceText(where: readonly Filter[]): string {
  const params = new URLSearchParams();
  putFilters(params, narrowed(where));
  return params.toString() === '' ? 'all' : params.toString();
}

export const evidenceIn = (text: string): readonly Filter[] => filtersIn(new URLSearchParams(text));

/**
 * A figure that opens its voices beside the page, without leaving it: in the address, so that Back closes it and a link
 * shows it. `value` is what stands on the screen; the drawer compares.
 */
export function Evidence({
  where,
  value,
  children,
}: {
  readonly where: readonly Filter[];
  readonly value?: number;
  readonly children: ReactNode;
}) {
  const follow = use(FollowContext);
  const beside = new URLSearchParams({
    evidence: evidenceText(where),
    ...(value === undefined ? {} : { shown: String(value) }),
  }).toString();
  return (
    <a className="figure" href={addressBeside(location.search, beside)} data-beside={beside} onClick={follow}>
      {children}
    </a>
  );
}
