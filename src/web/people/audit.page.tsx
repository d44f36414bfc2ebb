import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { audit } from '../api/calls.ts';
import type { AuditRow } from '../api/types.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { PageHead } from '../kit/page-head.tsx';
import { Pager } from '../kit/pager.tsx';
import { When } from '../kit/when.tsx';

const VIAS = ['web', 'cli', 'job', 'push'] as const;
const isVia = (text: string): text is (typeof VIAS)[number] => VIAS.includes(text as (typeof VIAS)[number]);

export function AuditPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const cursor = params.get('cursor');
  const query = useQuery({ queryKey: ['audit', cursor], queryFn: () => audit(cursor) });
  return (
    <div className="page">
      <PageHead name={t('nav.audit')} words={t('audit.words')} />
      <Answered query={query} rows={10}>
        {(page) => (
          <section className="panel">
            {page.rows.length === 0 ? <Empty why={t('audit.empty')} next={t('audit.emptyNext')} /> : <AuditTable rows={page.rows} />}
            <Pager next={page.next} />
          </section>
        )}
      </Answered>
    </div>
  );
}

function AuditTable({ rows }: { readonly rows: readonly AuditRow[] }) {
  const { t } = useTranslation();
  return (
    <div className="scroller">
      <table className="table cards">
        <thead>
          <tr>
            <th scope="col">{t('audit.at')}</th>
            <th scope="col">{t('audit.who')}</th>
            <th scope="col">{t('audit.action')}</th>
            <th scope="col">{t('audit.subject')}</th>
            <th scope="col">{t('audit.via')}</th>
            <th scope="col">{t('audit.detail')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <When at={row.at} />
              </td>
              <td>{row.member?.name ?? t('audit.nobody')}</td>
              <td data-label={t('audit.action')}>
                <span className="nowrap">{row.action}</span>
              </td>
              <td data-label={t('audit.subject')}>
                {row.subject.kind} · {row.subject.id}
              </td>
              <td data-label={t('audit.via')}>{isVia(row.via) ? t(`audit.viaName.${row.via}`) : row.via}</td>
              <td>
                <span className="clamp faint" title={JSON.stringify(row.detail)}>
                  {JSON.stringify(row.detail)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
