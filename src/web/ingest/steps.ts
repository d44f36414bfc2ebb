import type { BatchView } from '../../model/import-views.ts';

/** Where somebody stands in bringing a file in. The first step is choosing it. */
export const STEPS = ['file', 'read', 'map', 'check', 'commit'] as const;
export type Step = (typeof STEPS)[number];

export const isStep = (text: string | null): text is Step => text !== null && (STEPS as readonly string[]).includes(text);

/** Steps that may be gone to: what runs or has ended leaves no choice. */
export function stepOf(batch: Pick<BatchView, 'state'>, wanted: string | null): Step {
  switch (batch.state) {
    case 'checking':
      return 'check';
    case 'queued':
    case 'running':
    case 'done':
    case 'undoing':
    case 'undone':
      return 'commit';
    case 'checked':
      return wanted === 'read' || wanted === 'map' ? wanted : 'check';
    case 'draft':
      return wanted === 'map' || wanted === 'check' ? wanted : 'read';
    case 'cancelled':
    case 'failed':
      return isStep(wanted) && wanted !== 'file' ? wanted : 'commit';
  }
}

/** May the settings still be changed? */
export const isOpen = ({ state }: Pick<BatchView, 'state'>): boolean => state === 'draft' || state === 'checked';
