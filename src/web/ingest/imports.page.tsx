import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { imports } from '../api/calls.ts';
import type { Batch } from '../api/types.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { Pager } from '../kit/pager.tsx';
import { BatchStateMark } from '../kit/states.tsx';
import { When } from '../kit/when.tsx';
import { NewImport } from './new-import.tsx';

export function ImportsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [params] = useSearchParams();
  const cursor = params.get('cursor');
  const query = useQuery({ queryKey: ['imports', 'list', cursor], queryFn: () => imports(cursor) });
  const found = query.data;
  const words =
    found === undefined || found.next !== null || cursor !== null
      ? t('imports.wordsMore')
      : t('imports.words', { count: found.rows.length });
  return (
    <div className="page">
      <PageHead name={t('nav.imports')} words={words} />
      {may('imports.run') ? <NewImport /> : null}
      <Answered query={query}>
        {(page) => (
          <section className="panel">
            {page.rows.length === 0 ? <Empty why={t('imports.empty')} next={t('imports.emptyNext')} /> : <BatchTable rows={page.rows} />}
            <Pager next={page.next} />
          </section>
        )}
      </Answered>
    </div>
  );
}

function BatchTable({ rows }: { readonly rows: readonly Batch[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = (value: number | null) => (value === null ? '–' : count(value, locale));
  return (
    <div className="scroller">
      <table className="table cards">
        <thead>
          <tr>
            <th scope="col">{t('imports.file')}</th>
            <th scope="col">{t('imports.state')}</th>
            <th scope="col" className="number">
              {t('imports.rows')}
            </th>
            <th scope="col" className="number">
              {t('imports.accepted')}
            </th>
            <th scope="col" className="number">
              {t('imports.duplicates')}
            </th>
            <th scope="col" className="number">
              {t('imports.rejected')}
            </th>
            <th scope="col">{t('imports.created')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((batch) => (
            <tr key={batch.id}>
              <td>
                <Link to={`/imports/${batch.id}`}>{batch.file_name}</Link>
                <div className="faint">
                  {batch.source} · {t(batch.as === 'voices' ? 'imports.asVoices' : 'imports.asCustomers')}
                </div>
              </td>
              <td>
                <BatchStateMark state={batch.state} />
              </td>
              <td className="number" data-label={t('imports.rows')}>
                {number(batch.rows_total)}
              </td>
              <td className="number" data-label={t('imports.accepted')}>
                {number(batch.accepted)}
              </td>
              <td className="number" data-label={t('imports.duplicates')}>
                {number(batch.duplicates)}
              </td>
              <td className="number" data-label={t('imports.rejected')}>
                {number(batch.rejected)}
              </td>
              <td data-label={t('imports.created')}>
                <When at={batch.created_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
