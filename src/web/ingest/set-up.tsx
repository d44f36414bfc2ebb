import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importStep, setImport } from '../api/calls.ts';
import type { Batch, ImportMapping, ImportOptions, Preview } from '../api/types.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView, useProblemText } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { mappingOf } from './mapping-draft.ts';
import { MappingTable } from './mapping-table.tsx';
import { ReadOptions } from './read-options.tsx';

function useSteps(batch: Batch, mapping: ImportMapping, changed: boolean) {
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ['imports'] });
  const options = useMutation({ mutationFn: (given: ImportOptions) => setImport(batch, given), onSettled });
  const run = useOnce({
    mutationFn: async (step: 'check' | 'commit' | 'cancel') => {
      const ready = changed && step !== 'cancel' ? (await setImport(batch, { mapping })).batch : batch;
      return importStep(ready, step);
    },
    onSettled,
  });
  return { options, run };
}

/** The guesses, to be looked at and corrected; then a check; then the import. */
export function SetUp({ batch, preview }: { readonly batch: Batch; readonly preview: Preview }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const problemText = useProblemText();
  const [mapping, setMapping] = useState<ImportMapping | null>(null);
  const shown = mapping ?? mappingOf(batch, preview);
  const { options, run } = useSteps(batch, shown, mapping !== null);
  const busy = (step: string) => run.isPending && run.variables === step;
  const checked = batch.state === 'checked' && mapping === null;
  const restart = batch.state === 'cancelled' || batch.state === 'failed';
  return (
    <>
      <section className="row">
        {restart ? null : (
          <Button {...(checked ? {} : { type: 'primary' as const })} loading={busy('check')} onClick={() => run.mutate('check')}>
            {t('imports.check')}
          </Button>
        )}
        <Button
          {...(checked || restart ? { type: 'primary' as const } : {})}
          loading={busy('commit')}
          disabled={checked && batch.accepted === 0}
          onClick={() => run.mutate('commit')}
        >
          {restart ? t('imports.again') : checked ? t('imports.commit', { rows: count(batch.accepted, locale) }) : t('imports.commitPlain')}
        </Button>
        {restart ? null : (
          <Button loading={busy('cancel')} onClick={() => run.mutate('cancel')}>
            {t('imports.cancel')}
          </Button>
        )}
      </section>
      {run.error === null ? null : <ProblemView error={run.error} />}
      {options.error === null ? null : <ProblemView error={options.error} />}
      {(preview.problems ?? []).length === 0 ? null : (
        <div className="note warn">
          <ul>
            {(preview.problems ?? []).map((problem, i) => (
              <li key={i}>{problemText(problem)}</li>
            ))}
          </ul>
        </div>
      )}
      {restart ? null : (
        <>
          <ReadOptions batch={batch} preview={preview} busy={options.isPending} onChange={options.mutate} />
          {preview.columns.length === 0 ? null : <MappingTable batch={batch} preview={preview} mapping={shown} onChange={setMapping} />}
        </>
      )}
    </>
  );
}
