import { Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import { MeasureFacts } from '../analyse/measure-help.tsx';
import '../analyse/analyse.css';
import { Empty } from '../kit/empty.tsx';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';
import { useVocabulary } from '../kit/vocabulary.ts';
import { DocView, anchorOf } from './doc-view.tsx';
import { DOCS, findSections, snippetOf } from './docs.ts';
import type { Doc, DocName } from './docs.ts';
import './guide.css';
import { docsIn } from './load-docs.ts';

type Shown = DocName | 'glossary';

/** Everything the guide says and every measure, inside the product and searchable without a network. */
export function HelpPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const [params] = useSearchParams();
  const docs = useMemo(() => docsIn(locale), [locale]);
  const [text, search] = useState(params.get('q') ?? '');
  const asked = params.get('doc');
  const shown: Shown = asked === 'glossary' ? 'glossary' : (DOCS.find((name) => name === asked) ?? 'analyst');
  return (
    <div className="page">
      <PageHead name={t('help.title')} words={t('help.words')} />
      <div className="help-columns">
        <aside className="stack">
          <Input.Search
            allowClear
            aria-label={t('help.search')}
            placeholder={t('help.search')}
            value={text}
            onChange={(e) => search(e.target.value)}
          />
          <nav className="contents" aria-label={t('help.documents')}>
            {docs.map((doc) => (
              <Contents key={doc.name} doc={doc} current={doc.name === shown && text === ''} onGo={() => search('')} />
            ))}
            <Link
              to="?doc=glossary"
              {...(shown === 'glossary' && text === '' ? { 'aria-current': 'page' as const } : {})}
              onClick={() => search('')}
            >
              {t('help.glossary')}
            </Link>
          </nav>
        </aside>
        <div className="panel pad">
          {text.trim() !== '' ? (
            <Found docs={docs} text={text} onGo={() => search('')} />
          ) : shown === 'glossary' ? (
            <Glossary />
          ) : (
            <Shown name={shown} />
          )}
        </div>
      </div>
    </div>
  );
}

function Contents({ doc, current, onGo }: { readonly doc: Doc; readonly current: boolean; readonly onGo: () => void }) {
  return (
    <div>
      <Link to={`?doc=${doc.name}`} onClick={onGo} {...(current ? { 'aria-current': 'page' as const } : {})}>
        {doc.title}
      </Link>
      {current ? (
        <ul>
          {doc.sections
            .filter((section) => section.title !== doc.title)
            .map((section) => (
              <li key={section.at}>
                <Link to={`?doc=${doc.name}#${anchorOf(section)}`}>{section.title}</Link>
              </li>
            ))}
        </ul>
      ) : null}
    </div>
  );
}

function Shown({ name }: { readonly name: DocName }) {
  useAnchor(name);
  return <DocView name={name} level={2} />;
}

/** The place in the address is shown once the document stands. */
function useAnchor(name: string): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash === '') scrollTo({ top: 0 });
    else document.querySelector(`[id="${CSS.escape(decodeURIComponent(hash.slice(1)))}"]`)?.scrollIntoView({ block: 'center' });
  }, [hash, name]);
}

function Found({ docs, text, onGo }: { readonly docs: readonly Doc[]; readonly text: string; readonly onGo: () => void }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const measures = (useVocabulary().data?.measures ?? []).filter((m) =>
    [nameOf(m.names), nameOf(m.help), m.name].some((words) => words.toLowerCase().includes(text.trim().toLowerCase())),
  );
  const sections = findSections(docs, text);
  if (measures.length + sections.length === 0) return <Empty why={t('help.nothing', { text })} next={t('help.nothingNext')} />;
  return (
    <div className="stack wide">
      <p className="faint" role="status">
        {t('help.found', { count: measures.length + sections.length })}
      </p>
      {measures.map((measure) => (
        <section key={measure.name} className="stack">
          <h3>{nameOf(measure.names)}</h3>
          <MeasureFacts measure={measure} />
        </section>
      ))}
      {sections.map((section) => (
        <section key={anchorOf(section)}>
          <h3>
            <Link to={`?doc=${section.doc}#${anchorOf(section)}`} onClick={onGo}>
              {section.title}
            </Link>{' '}
            <span className="faint">{docs.find((doc) => doc.name === section.doc)?.title}</span>
          </h3>
          <p className="quiet">{snippetOf(section, text)}</p>
        </section>
      ))}
    </div>
  );
}

function Glossary() {
  const nameOf = useNameOf();
  const measures = useVocabulary().data?.measures ?? [];
  return (
    <div className="stack wide">
      {measures.map((measure) => (
        <section key={measure.name} id={measure.name} className="stack">
          <h2>{nameOf(measure.names)}</h2>
          <MeasureFacts measure={measure} />
        </section>
      ))}
    </div>
  );
}
