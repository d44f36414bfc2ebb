import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { rejectedRows, revealRejected } from '../api/calls.ts';
import type { BatchView, RejectedView } from '../../model/import-views.ts';
import type { Page } from '../../model/page.ts';
import { Answered } from '../kit/answered.tsx';
import { AskReason } from '../kit/ask-reason.tsx';
import { useMay } from '../kit/me.ts';
import { Pager } from '../kit/pager.tsx';
import { useProblemText } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { RejectedDownload } from './rejected-download.tsx';

/** In the order of the file's own columns; what has no title there comes last. */
const rawText = (raw: unknown, titles: readonly string[]): string =>
  raw !== null && typeof raw === 'object'
    ? Object.entries(raw)
        .toSorted(([a], [b]) => (titles.indexOf(a) >>> 0) - (titles.indexOf(b) >>> 0))
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(' · ')
    : String(raw);

/** Every rejected row with all its reasons and what the file said. A run writes them anew, so its version is part of the question. */
export function RejectedRows({ batch, titles }: { readonly batch: BatchView; readonly titles: readonly string[] }) {
  const { id, version } = batch;
  const { t } = useTranslation();
  const may = useMay();
  const [params] = useSearchParams();
  const cursor = params.get('cursor');
  const query = useQuery({ queryKey: ['imports', 'rejected', id, version, cursor], queryFn: () => rejectedRows(id, cursor) });
  // One look opens one page of one run: another page is masked again until somebody says why.
  const place = `${version} ${cursor ?? ''}`;
  const [seen, setSeen] = useState<{ readonly place: string; readonly page: Page<RejectedView> } | null>(null);
  const original = seen !== null && seen.place === place ? seen.page : null;
  return (
    <section className="block">
      <div className="block-head">
        <h2>{t('imports.rejectedRows')}</h2>
        <div className="row">
          <RejectedDownload batch={batch} />
          {original === null && may('voices.reveal') ? (
            <Reveal key={place} id={id} cursor={cursor} onRevealed={(page) => setSeen({ place, page })} />
          ) : null}
        </div>
      </div>
      {original === null ? null : <p className="note warn">{t('imports.revealed')}</p>}
      <Answered query={query} rows={4}>
        {(page) => <Rows page={original ?? page} titles={titles} />}
      </Answered>
    </section>
  );
}

function Reveal({
  id,
  cursor,
  onRevealed,
}: {
  readonly id: string;
  readonly cursor: string | null;
  readonly onRevealed: (page: Page<RejectedView>) => void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const reveal = useOnce({ mutationFn: (reason: string) => revealRejected(id, cursor, reason), onSuccess: onRevealed });
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        {t('voices.reveal')}
      </Button>
      <AskReason
        open={asking}
        title={t('voices.reveal')}
        help={t('imports.revealHelp')}
        submit={t('voices.reveal')}
        busy={reveal.isPending}
        error={reveal.error}
        onSubmit={reveal.mutate}
        onClose={() => {
          reveal.reset();
          setAsking(false);
        }}
      />
    </>
  );
}

function Rows({ page, titles }: { readonly page: Page<RejectedView>; readonly titles: readonly string[] }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  return (
    <div className="panel">
      <div className="scroller">
        <table className="table cards">
          <thead>
            <tr>
              <th scope="col" className="number">
                {t('imports.row')}
              </th>
              <th scope="col">{t('imports.why')}</th>
              <th scope="col">{t('imports.raw')}</th>
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <tr key={row.row}>
                <td className="number" data-label={t('imports.row')}>
                  {row.row}
                </td>
                <td style={{ minWidth: 220 }}>
                  {row.problems.map((problem, i) => (
                    <div key={i}>
                      {problemText({
                        code: problem.code,
                        ...(problem.column === undefined ? {} : { column: problem.column }),
                        ...(problem.params === undefined ? {} : { params: problem.params }),
                      })}
                    </div>
                  ))}
                  {row.conflict_with === null ? null : (
                    <Link to={`/voices?period=all&voice=${row.conflict_with}`}>{t('imports.conflictWith')}</Link>
                  )}
                </td>
                <td>
                  <span className="clamp faint" title={rawText(row.raw, titles)}>
                    {rawText(row.raw, titles)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager next={page.next} />
    </div>
  );
}
