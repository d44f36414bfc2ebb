import { type RefObject, useEffect, useRef } from 'react';

/** What a choice further up opens comes into view, so that its key is seen to do something; what is there when a page opens stays put. */
export function useIntoView(choice: string | null): RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement>(null);
  const last = useRef(choice);
  useEffect(() => {
    if (choice === last.current) return;
    last.current = choice;
    if (choice !== null) place.current?.scrollIntoView({ block: 'start' });
  }, [choice]);
  return place;
}
