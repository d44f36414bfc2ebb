import { useLabels } from '../kit/vocabulary.ts';
import { HEAT_MEASURES } from './heat.ts';
import type { HeatMeasure } from './heat.ts';

/** Which figure stands in the cells. */
export function MeasureKeys({ measure, onChange }: { readonly measure: HeatMeasure; readonly onChange: (value: string | null) => void }) {
  const labels = useLabels();
  return (
    <div className="row" role="group">
      {HEAT_MEASURES.map((one) => (
        <button
          key={one}
          type="button"
          className="key tall"
          aria-pressed={one === measure}
          onClick={() => onChange(one === 'voices' ? null : one)}
        >
          {labels.measure(one)}
        </button>
      ))}
    </div>
  );
}
