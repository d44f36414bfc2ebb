import { useTranslation } from 'react-i18next';
import type { RatioView } from '../../model/pair-views.ts';
import { useRatioWords } from './pair-words.ts';

/** A ratio and its interval as two cells; too few events say so. */
export function RatioCells({ rate }: { readonly rate: RatioView | null }) {
  const { t } = useTranslation();
  const figure = useRatioWords();
  return rate === null ? (
    <>
      <td className="number faint">{t('pairs.tooFew')}</td>
      <td className="number faint">–</td>
    </>
  ) : (
    <>
      <td className="number">{figure(rate.ratio)}</td>
      <td className="number">
        {figure(rate.low)}–{figure(rate.high)}
      </td>
    </>
  );
}
