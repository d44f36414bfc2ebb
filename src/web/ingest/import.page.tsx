import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { importDetail } from '../api/calls.ts';
import type { Batch, BatchState, Preview } from '../api/types.ts';
import { Answered } from '../kit/answered.tsx';
import { voicesAddress } from '../kit/filters-url.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';
import { BatchProblems } from './batch-problems.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { BatchSteps } from './batch-steps.tsx';
import { RejectedRows } from './rejected-rows.tsx';
import { SetUp } from './set-up.tsx';

const RUNS: readonly BatchState[] = ['checking', 'queued', 'running'];

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

function useWords(batch: Batch): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const n = (value: number) => count(value, locale);
  return t(`imports.wordsState.${batch.state}`, {
    accepted: n(batch.accepted),
    duplicates: n(batch.duplicates),
    rejected: n(batch.rejected),
    percent: Math.floor(batch.percent ?? 0),
  });
}

function Opened({ batch, preview }: { readonly batch: Batch; readonly preview: Preview | null }) {
  const { t } = useTranslation();
  const words = useWords(batch);
  const judged = batch.rows_total !== null || batch.problems.length > 0;
  const setUp =
    preview !== null && (batch.state === 'draft' || batch.state === 'checked' || batch.state === 'failed' || batch.state === 'cancelled');
  return (
    <div className="page">
      <PageHead
        name={`${t('nav.imports')} · ${batch.file_name}`}
        words={words}
        under={`${batch.source} · ${t(batch.as === 'voices' ? 'imports.asVoices' : 'imports.asCustomers')} · ${batch.id}`}
      >
        {batch.state === 'done' && batch.as === 'voices' ? (
          <Link to={voicesAddress([{ field: 'batch', in: [batch.id] }])}>{t('imports.toVoices')}</Link>
        ) : null}
        <Link to="/imports">{t(batch.state === 'done' ? 'imports.another' : 'imports.wordsMore')}</Link>
      </PageHead>
      <BatchSteps state={batch.state} />
      {batch.error === null ? null : (
        <div className="note alert" role="alert">
          {batch.error.detail ?? batch.error.code ?? JSON.stringify(batch.error)}
        </div>
      )}
      <BatchProgress batch={batch} />
      {judged && !RUNS.includes(batch.state) && batch.state !== 'draft' ? <BatchProblems batch={batch} /> : null}
      {batch.rejected > 0 && !RUNS.includes(batch.state) ? <RejectedRows id={batch.id} version={batch.version} /> : null}
      {setUp ? <SetUp key={batch.version} batch={batch} preview={preview} /> : null}
    </div>
  );
}
