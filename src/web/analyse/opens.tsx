import type { ReactNode } from 'react';
import type { Filter } from '../../model/question.ts';
import { Evidence } from '../kit/evidence.tsx';

/**
 * A figure that opens exactly the voices it counts. `value` only where the figure itself is their number: a share opens its
 * numerator, customers open what they said, and `title` says so.
 */
export function Opens({
  where,
  value,
  title,
  children,
}: {
  readonly where: readonly Filter[];
  readonly value?: number | undefined;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <span title={title}>
      <Evidence where={where} {...(value === undefined ? {} : { value })}>
        {children}
      </Evidence>
    </span>
  );
}

/** Measures whose figure is a number of voices. */
const COUNTS_VOICES: readonly string[] = ['voices', 'complaints', 'grievances', 'unmapped'];
export const countsVoices = (measure: string): boolean => COUNTS_VOICES.includes(measure);
