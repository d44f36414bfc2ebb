import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { ProblemView } from './problem-view.tsx';

/** The three ends of a question: not yet, refused, answered. A refusal beside older data keeps the data in sight. */
export function Answered<T>({
  query,
  rows = 6,
  children,
}: {
  readonly query: { readonly data: T | undefined; readonly error: Error | null; readonly refetch: () => unknown };
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}) {
  const again = () => void query.refetch();
  if (query.data === undefined)
    return query.error === null ? (
      <Skeleton active title={false} paragraph={{ rows }} style={{ padding: 16 }} />
    ) : (
      <ProblemView error={query.error} again={again} />
    );
  return (
    <>
      {query.error === null ? null : <ProblemView error={query.error} again={again} />}
      {children(query.data)}
    </>
  );
}
