import { useTranslation } from 'react-i18next';
import type { Because } from '../../model/reading.ts';
import { decimal } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useSaysFor } from './highlighted.tsx';

const MOST = 8;

/** Which words decided, the heaviest first: the word as it stands in the text, what it speaks for, and how strongly. */
export function Reasons({ text, because }: { readonly text: string; readonly because: readonly Because[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const saysFor = useSaysFor();
  if (because.length === 0) return <p className="faint">{t('voices.becauseNone')}</p>;
  const heaviest = Math.max(...because.map((b) => Math.abs(b.weight)), 0.01);
  const ordered = [...because].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, MOST);
  return (
    <ul className="reasons">
      {ordered.map((b, i) => (
        <li key={i}>
          <mark className={b.kind}>{text.slice(b.from, b.before)}</mark>
          <span>
            <span className="faint">{t(`voices.becauseKind.${b.kind}`)} → </span>
            {saysFor(b)}
          </span>
          <span className="weight" role="img" aria-label={decimal(b.weight, 2, locale)} title={decimal(b.weight, 2, locale)}>
            <i style={{ width: `${Math.round((Math.abs(b.weight) / heaviest) * 100)}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
