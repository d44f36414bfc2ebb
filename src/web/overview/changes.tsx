import { useTranslation } from 'react-i18next';
import type { Change } from '../../model/overview.ts';
import { count, signedPercent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { Opens } from '../analyse/opens.tsx';

const ARROWS: Readonly<Record<Change['direction'], string>> = {
  up: 'M7 11V3M3.5 6.5 7 3l3.5 3.5',
  down: 'M7 3v8M3.5 7.5 7 11l3.5-3.5',
  level: 'M3 7h8',
};

/** Each change a line: which way, what and where, and the earlier value to look at. */
export function Changes({ changed }: { readonly changed: readonly Change[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <ul className="plain-list">
      {changed.map((change, i) => (
        <li key={i} className="change-line">
          <svg width="14" height="14" viewBox="0 0 14 14" role="img" aria-label={t(`overview.${change.direction}`)}>
            <path
              d={ARROWS[change.direction]}
              fill="none"
              stroke="currentColor"
              strokeWidth="1.75"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
          <span>
            <Opens where={change.lead.where} value={change.lead.value}>
              {change.lead.text[locale]}
            </Opens>
            {change.tail === null ? null : (
              <Opens where={change.tail.where} value={change.tail.value}>
                {change.tail.text[locale]}
              </Opens>
            )}
          </span>
          <span className="move faint">
            <Opens where={change.lead.previous_where} value={change.lead.previous}>
              {t('overview.previous', { value: count(change.lead.previous, locale) })}
            </Opens>
            {change.lead.previous === 0 ? null : ` · ${signedPercent(change.lead.value / change.lead.previous - 1, locale)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
