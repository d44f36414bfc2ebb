import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A page begins with its answer in words; the name of the page stands small above. */
export function PageHead({
  name,
  words,
  under,
  children,
}: {
  readonly name: string;
  readonly words: ReactNode;
  readonly under?: ReactNode;
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
      {children === undefined ? null : <div className="page-keys">{children}</div>}
    </header>
  );
}
