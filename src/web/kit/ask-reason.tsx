import { lazy, Suspense, useState } from 'react';
import type { AskReason as Asked } from './ask-reason-sheet.tsx';

const Sheet = lazy(async () => ({ default: (await import('./ask-reason-sheet.tsx')).AskReasonSheet }));

/** A step that wants a reason; the sheet is fetched when somebody first takes such a step. */
export function AskReason(asked: Asked) {
  const [wanted, want] = useState(asked.open);
  if (asked.open && !wanted) want(true);
  return wanted ? (
    <Suspense fallback={null}>
      <Sheet {...asked} />
    </Suspense>
  ) : null;
}
