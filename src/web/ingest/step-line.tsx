import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BatchView } from '../../model/import-views.ts';
import { isOpen, STEPS, type Step } from './steps.ts';

/** Where this import stands; steps that can be gone back to are links. */
export function StepLine({ batch, at }: { readonly batch: BatchView; readonly at: Step }) {
  const { t } = useTranslation();
  const place = batch.state === 'done' || batch.state === 'undone' ? STEPS.length : STEPS.indexOf(at);
  return (
    <ol className="steps linked">
      {STEPS.map((step, i) => (
        <li
          key={step}
          className={i < place ? 'past' : i === place ? 'now' : ''}
          {...(i === place ? { 'aria-current': 'step' as const } : {})}
        >
          {isOpen(batch) && step !== at && (step === 'read' || step === 'map' || step === 'check') ? (
            <Link to={`?step=${step}`}>{t(`imports.step.${step}`)}</Link>
          ) : (
            t(`imports.step.${step}`)
          )}
        </li>
      ))}
    </ol>
  );
}
