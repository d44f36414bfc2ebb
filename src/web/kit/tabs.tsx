import { Link } from 'react-router';
import { count as written } from './format.ts';
import { useLocale } from './locale.ts';

interface Tab {
  readonly name: string;
  readonly title: string;
  readonly to: string;
  readonly count?: number | null;
  /** What stands behind it needs somebody. */
  readonly needs?: boolean;
}

/** Parts of a page as links, each with how many stand behind it. */
export function Tabs({ label, now, tabs }: { readonly label: string; readonly now: string; readonly tabs: readonly Tab[] }) {
  const locale = useLocale();
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ name, title, to, count = null, needs = false }) => (
        <Link key={name} to={to} className={name === now ? 'active' : ''} {...(name === now ? { 'aria-current': 'page' as const } : {})}>
          {title}
          {count === null ? null : <span className={`tab-count ${needs && count > 0 ? 'needs' : ''}`}> {written(count, locale)}</span>}
        </Link>
      ))}
    </nav>
  );
}
