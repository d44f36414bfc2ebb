import { useTranslation } from 'react-i18next';
import type { BatchState } from '../api/types.ts';

const STEPS = ['setUp', 'check', 'commit', 'done'] as const;
const AT: Readonly<Record<BatchState, number>> = {
  draft: 0,
  checking: 1,
  checked: 2,
  queued: 2,
  running: 2,
  done: 4,
  cancelled: 2,
  failed: 2,
};

export function BatchSteps({ state }: { readonly state: BatchState }) {
  const { t } = useTranslation();
  return (
    <ol className="steps">
      {STEPS.map((step, i) => (
        <li
          key={step}
          className={i < AT[state] ? 'past' : i === AT[state] ? 'now' : ''}
          {...(i === AT[state] ? { 'aria-current': 'step' as const } : {})}
        >
          {t(`imports.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
