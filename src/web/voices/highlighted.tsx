import { useTranslation } from 'react-i18next';
import type { Because } from '../../model/reading.ts';
import { decimal } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { piecesOf } from './highlight.ts';

/** The text with the words that decided; kind of reason by underline, not by colour alone. */
export function Highlighted({ text, because }: { readonly text: string; readonly because: readonly Because[] }) {
  const { t } = useTranslation();
  const say = useReasonText();
  return (
    <section className="stack">
      <p className="said">
        {piecesOf(text, because).map((piece, i) => {
          const first = piece.because[0];
          if (first === undefined) return <span key={i}>{piece.text}</span>;
          return (
            <mark key={i} className={first.kind} title={piece.because.map(say).join('\n')}>
              {piece.text}
            </mark>
          );
        })}
      </p>
      <p className="faint">{because.length === 0 ? t('voices.becauseNone') : t('voices.legend')}</p>
    </section>
  );
}

/** What a span speaks for, by name. */
export function useSaysFor(): (because: Because) => string {
  const labels = useLabels();
  return (b) => {
    const depth = b.for.split('/').length;
    const dimension =
      b.kind === 'feeling' || b.kind === 'kind' ? b.kind : depth === 1 ? 'category_1' : depth === 2 ? 'category_2' : 'category';
    return labels.value(dimension, b.for);
  };
}

function useReasonText(): (because: Because) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const saysFor = useSaysFor();
  return (b) => `${t(`voices.becauseKind.${b.kind}`)} → ${saysFor(b)} (${decimal(b.weight, 2, locale)})`;
}
