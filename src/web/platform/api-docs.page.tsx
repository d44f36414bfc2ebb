import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { get } from '../api/client.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { PageHead } from '../kit/page-head.tsx';
import { useParam } from '../kit/url-state.ts';
import { ApiCall } from './api-call.tsx';
import { callsOf, found } from './openapi-shape.ts';
import type { Call, OpenApi } from './openapi-shape.ts';
import './platform.css';

/** The interface, out of the document that the server itself writes; nothing is asked of anybody else. */
export function ApiDocsPage() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['openapi'], queryFn: () => get<OpenApi>('/openapi.json'), staleTime: Infinity });
  const [text, setText] = useParam('find');
  const calls = useMemo(() => (query.data === undefined ? [] : callsOf(query.data)), [query.data]);
  const shown = found(calls, text ?? '');
  return (
    <div className="page">
      <PageHead
        name={t('apiDocs.title')}
        words={calls.length === 0 ? t('apiDocs.title') : t('apiDocs.words', { count: calls.length })}
        under={t('apiDocs.under')}
      >
        <Link to="/account">{t('apiDocs.tokenFirst')}</Link>
        <a href="/openapi.json" download>
          {t('apiDocs.json')}
        </a>
      </PageHead>
      <Input.Search
        allowClear
        style={{ maxWidth: 420 }}
        value={text ?? ''}
        placeholder={t('apiDocs.find')}
        aria-label={t('apiDocs.find')}
        onChange={(e) => setText(e.target.value === '' ? null : e.target.value)}
      />
      <Answered query={query} rows={10}>
        {() =>
          shown.length === 0 ? (
            <Empty why={t('apiDocs.nothing')} next={t('apiDocs.nothingNext')} />
          ) : (
            <Groups calls={shown} open={shown.length <= 3} />
          )
        }
      </Answered>
    </div>
  );
}

function Groups({ calls, open }: { readonly calls: readonly Call[]; readonly open: boolean }) {
  const { t } = useTranslation();
  const groups = [...Map.groupBy(calls, (call) => call.tag)].toSorted(([a], [b]) => a.localeCompare(b));
  return (
    <div className="api">
      <nav className="api-tags" aria-label={t('apiDocs.title')}>
        {groups.map(([tag, members]) => (
          <a key={tag} href={`#api-${tag}`}>
            {tag} <small className="faint">{members.length}</small>
          </a>
        ))}
      </nav>
      <div className="stack" style={{ gap: 24 }}>
        {groups.map(([tag, members]) => (
          <section key={tag} className="block" id={`api-${tag}`}>
            <h2>{tag}</h2>
            <div className="panel">
              {members.map((call) => (
                <ApiCall key={call.id} call={call} open={open} />
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}
