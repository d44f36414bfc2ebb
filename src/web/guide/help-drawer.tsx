import { Drawer } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MeasureFacts } from '../analyse/measure-help.tsx';
import { useNameOf } from '../kit/locale.ts';
import { useEver } from '../kit/use-ever.ts';
import { useVocabulary } from '../kit/vocabulary.ts';
import type { DocName } from './docs.ts';

const Doc = lazy(async () => ({ default: (await import('./doc-view.tsx')).DocView }));

export interface Help {
  readonly doc: DocName;
  /** Measures, by name. */
  readonly topics?: readonly string[];
}

/** The help of a page beside the page: its measures first, then the guide. */
export function HelpKey({ doc, topics = [] }: Help) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const wanted = useEver(open);
  return (
    <>
      <button type="button" className="key tall" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        ? <span className="visually-hidden">{t('help.key')}</span>
      </button>
      {wanted ? (
        <Drawer open={open} onClose={() => setOpen(false)} title={t('help.key')} size={480} destroyOnHidden>
          <div className="stack wide">
            <Measures names={topics} />
            <Suspense fallback={null}>
              <Doc name={doc} level={3} />
            </Suspense>
            <Link to={`/help?doc=${doc}`}>{t('help.all')}</Link>
          </div>
        </Drawer>
      ) : null}
    </>
  );
}

function Measures({ names }: { readonly names: readonly string[] }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const known = useVocabulary().data?.measures.filter((m) => names.includes(m.name)) ?? [];
  if (known.length === 0) return null;
  return (
    <section className="stack">
      <h3>{t('help.glossary')}</h3>
      {known.map((measure) => (
        <details key={measure.name} className="fold">
          <summary>{nameOf(measure.names)}</summary>
          <MeasureFacts measure={measure} />
        </details>
      ))}
    </section>
  );
}
