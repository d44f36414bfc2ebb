import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { setImport } from '../api/calls.ts';
import type { BatchView, ImportPreview, ImportSettings } from '../../model/import-views.ts';
import { ProblemView, useProblemText } from '../kit/problem-view.tsx';
import { FilePreview } from './file-preview.tsx';
import { ReadOptions } from './read-options.tsx';
import { WizardFoot } from './wizard-foot.tsx';

/** How the file is read: every change reads it anew and shows what comes of it. */
export function StepRead({ batch, preview }: { readonly batch: BatchView; readonly preview: ImportPreview }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const problemText = useProblemText();
  const options = useMutation({
    mutationFn: (given: ImportSettings) => setImport(batch, given),
    onSettled: () => cache.invalidateQueries({ queryKey: ['imports'] }),
  });
  const problems = preview.problems ?? [];
  return (
    <>
      <section className="panel pad stack wide">
        <p className="quiet">{t('imports.readHelp')}</p>
        <ReadOptions batch={batch} preview={preview} busy={options.isPending} onChange={options.mutate} />
        {options.error === null ? null : <ProblemView error={options.error} />}
      </section>
      {problems.length === 0 ? null : (
        <div className="note warn" role="status">
          <ul>
            {problems.map((problem, i) => (
              <li key={i}>{problemText(problem)}</li>
            ))}
          </ul>
        </div>
      )}
      <FilePreview preview={preview} />
      <WizardFoot batch={batch} next="map" ready={preview.columns.length > 0} />
    </>
  );
}
