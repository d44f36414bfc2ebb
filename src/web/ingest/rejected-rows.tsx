import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { rejectedRows } from '../api/calls.ts';
import { Answered } from '../kit/answered.tsx';
import { Pager } from '../kit/pager.tsx';
import { useProblemText } from '../kit/problem-view.tsx';

const rawText = (raw: unknown): string =>
  raw !== null && typeof raw === 'object'
    ? Object.entries(raw)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(' · ')
    : String(raw);

/** Every rejected row with all its reasons and what the file said. A run writes them anew, so its version is part of the question. */
export function RejectedRows({ id, version }: { readonly id: string; readonly version: number }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const cursor = params.get('cursor');
  const problemText = useProblemText();
  const query = useQuery({ queryKey: ['imports', 'rejected', id, version, cursor], queryFn: () => rejectedRows(id, cursor) });
  return (
    <section className="block">
      <h2>{t('imports.rejectedRows')}</h2>
      <Answered query={query} rows={4}>
        {(page) => (
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
                        <span className="clamp faint" title={rawText(row.raw)}>
                          {rawText(row.raw)}
                        </span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <Pager next={page.next} />
          </div>
        )}
      </Answered>
    </section>
  );
}
