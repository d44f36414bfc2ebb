import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import { PAGE_SIZES } from '../../model/preferences.ts';
import { count } from './format.ts';
import { useLocale } from './locale.ts';
import { usePreferences, useSetPreferences } from './preferences.ts';
import { withParams } from './url-state.ts';

/** How many rows the member wants on a page: pages ask their lists for so many. */
export const usePageSize = (): number => usePreferences().value.page_size;

/** The cursors of the pages before this one travel with the history entry, so that “previous” works and Back does too. */
const trailOf = (state: unknown): readonly (string | null)[] => {
  const trail = (state as { trail?: unknown } | null)?.trail;
  return Array.isArray(trail) ? (trail as readonly (string | null)[]) : [];
};

export function TablePaging({ next, total, here }: { readonly next: string | null; readonly total: number | null; readonly here: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [params] = useSearchParams();
  const location = useLocation();
  const size = usePageSize();
  const cursor = params.get('cursor');
  const trail = trailOf(location.state);
  const before = Number(params.get('after') ?? '0') || 0;
  const range = { from: count(before + 1, locale), to: count(before + here, locale) };
  const previous = trail.at(-1);
  return (
    <nav className="pager" aria-label={t('table.tools')}>
      <span className="faint">
        {total === null ? null : t('table.count', { value: count(total, locale) })}
        {here === 0 || (cursor === null && next === null) ? null : ` · ${t('table.range', range)}`}
      </span>
      <span className="row">
        {next === null && cursor === null && here <= Math.min(...PAGE_SIZES) ? null : <PageSize size={size} />}
        {cursor === null ? null : <Link to={withParams(params, { cursor: null, after: null })}>{t('common.first')}</Link>}
        {previous === undefined ? null : (
          <Link
            to={withParams(params, { cursor: previous, after: previous === null ? null : String(Math.max(0, before - size)) })}
            state={{ trail: trail.slice(0, -1) }}
          >
            {t('table.previous')}
          </Link>
        )}
        {next === null ? null : (
          <Link to={withParams(params, { cursor: next, after: String(before + here) })} state={{ trail: [...trail, cursor] }}>
            {t('common.next')}
          </Link>
        )}
      </span>
    </nav>
  );
}

function PageSize({ size }: { readonly size: number }) {
  const { t } = useTranslation();
  const set = useSetPreferences();
  const [params, setParams] = useSearchParams();
  const choose = (wanted: number): void => {
    set({ page_size: wanted });
    const next = new URLSearchParams(params);
    next.delete('cursor');
    next.delete('after');
    setParams(next, { replace: true });
  };
  return (
    <select className="plain-select" aria-label={t('table.pageSize')} value={size} onChange={(e) => choose(Number(e.target.value))}>
      {PAGE_SIZES.map((value) => (
        <option key={value} value={value}>
          {t('table.perPage', { value })}
        </option>
      ))}
    </select>
  );
}
