import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { importDetail } from '../api/calls.ts';
import type { BatchState, BatchView, ImportPreview } from '../../model/import-views.ts';
import { Answered } from '../kit/answered.tsx';
import { voicesAddress } from '../kit/filters-url.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';
import { useProblemText } from '../kit/problem-view.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { BatchSums } from './batch-sums.tsx';
import { ImportAgain } from './import-again.tsx';
import { CARRIED } from './mapping-draft.ts';
import './ingest.css';
import { ProblemGroups } from './problem-groups.tsx';
import { RejectedRows } from './rejected-rows.tsx';
import { StepCheck } from './step-check.tsx';
import { StepLine } from './step-line.tsx';
import { StepMap } from './step-map.tsx';
import { StepRead } from './step-read.tsx';
import { isOpen, stepOf } from './steps.ts';
import { UndoKey } from './undo-key.tsx';

const RUNS: readonly BatchState[] = ['checking', 'queued', 'running', 'undoing'];

/** One import, whatever its state; its id stands in the address, so a reload or another browser sees the same. */
export function ImportPage() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['imports', 'one', id],
    queryFn: () => importDetail(id),
    refetchInterval: (q) => (q.state.data !== undefined && RUNS.includes(q.state.data.batch.state) ? 1000 : false),
  });
  return (
    <Answered query={query} rows={10}>
      {(found) => <Opened batch={found.batch} preview={found.preview} />}
    </Answered>
  );
}

function useWords(batch: BatchView): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const n = (value: number) => count(value, locale);
  return t(`imports.wordsState.${batch.state}`, {
    accepted: n(batch.accepted),
    duplicates: n(batch.duplicates),
    rejected: n(batch.rejected),
    percent: Math.floor(batch.percent ?? 0),
    undone: n(batch.undo?.rows ?? 0),
  });
}

function Opened({ batch, preview }: { readonly batch: BatchView; readonly preview: ImportPreview | null }) {
  const { t } = useTranslation();
  const words = useWords(batch);
  const problemText = useProblemText();
  const [params] = useSearchParams();
  const at = stepOf(batch, params.get('step'));
  return (
    <div className="page">
      <PageHead
        name={`${t('nav.imports')} · ${batch.file_name}`}
        help={{ doc: 'analyst' }}
        words={words}
        under={`${batch.source} · ${t(CARRIED[batch.as])} · ${batch.member.name} · ${batch.id}`}
      >
        {batch.state === 'done' && batch.as === 'voices' && batch.accepted > 0 ? (
          <Link to={voicesAddress([{ field: 'batch', in: [batch.id] }])}>{t('imports.toVoices')}</Link>
        ) : null}
        <UndoKey batch={batch} />
        <Link to="/imports">{t(batch.state === 'done' ? 'imports.another' : 'imports.wordsMore')}</Link>
      </PageHead>
      <StepLine batch={batch} at={at} />
      {batch.error === null ? null : (
        <div className="note alert" role="alert">
          {problemText(batch.error)}
        </div>
      )}
      <BatchProgress batch={batch} />
      {preview !== null && isOpen(batch) ? (
        // A change makes another version: what was typed before it is not carried over silently.
        <OpenStep key={batch.version} at={at} batch={batch} preview={preview} />
      ) : null}
      {isOpen(batch) || RUNS.includes(batch.state) ? null : <Ended batch={batch} />}
      {batch.rejected > 0 && !RUNS.includes(batch.state) && (at === 'check' || at === 'commit') ? (
        <RejectedRows batch={batch} titles={preview?.columns.map(({ title }) => title) ?? batch.options.titles ?? []} />
      ) : null}
    </div>
  );
}

function OpenStep({ at, batch, preview }: { readonly at: string; readonly batch: BatchView; readonly preview: ImportPreview }) {
  if (at === 'map') return <StepMap batch={batch} preview={preview} />;
  if (at === 'check') return <StepCheck batch={batch} preview={preview} />;
  return <StepRead batch={batch} preview={preview} />;
}

function Ended({ batch }: { readonly batch: BatchView }) {
  return (
    <>
      {batch.state === 'cancelled' || batch.state === 'failed' ? <ImportAgain batch={batch} /> : null}
      <BatchSums batch={batch} />
      {batch.rows_total === null && batch.problems.length === 0 ? null : <ProblemGroups batch={batch} />}
    </>
  );
}
