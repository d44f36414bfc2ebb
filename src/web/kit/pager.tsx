import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ReactNode } from 'react';
import { withParams } from './url-state.ts';

/** Cursor paging in the address: the browser's own Back is the way back. */
export function Pager({ next, children }: { readonly next: string | null; readonly children?: ReactNode }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const later = params.has('cursor');
  if (next === null && !later && children === undefined) return null;
  return (
    <nav className="pager">
      <span className="faint">{children}</span>
      <span className="row">
        {later ? <Link to={withParams(params, { cursor: null })}>{t('common.first')}</Link> : null}
        {next === null ? null : <Link to={withParams(params, { cursor: next })}>{t('common.next')}</Link>}
      </span>
    </nav>
  );
}
