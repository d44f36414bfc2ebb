import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HelpKey } from '../guide/help-drawer.tsx';
import type { Help } from '../guide/help-drawer.tsx';

/** A page begins with its answer in words; the name of the page stands small above. */
export function PageHead({
  name,
  words,
  under,
  help,
  children,
}: {
  readonly name: string;
  readonly words: ReactNode;
  readonly under?: ReactNode;
  /** What explains the page: a part of the guide, and the measures that stand on it. */
  readonly help?: Help;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${name} · ${t('app.name')}`;
  }, [name, t]);
  return (
    <header className="page-head">
      <div>
        <div className="eyebrow">{name}</div>
        <h1>{words}</h1>
        {under === undefined ? null : <div className="faint">{under}</div>}
      </div>
      {children === undefined && help === undefined ? null : (
        <div className="page-keys">
          {children}
          {help === undefined ? null : <HelpKey {...help} />}
        </div>
      )}
    </header>
  );
}
