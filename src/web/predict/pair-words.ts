import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PairRow, PairsView } from '../../model/pair-views.ts';
import { decimal } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { useLabels } from '../kit/vocabulary.ts';

/** What people call a segment of the run; '' and null are all customers. */
export function useSegmentName(segments: PairsView['segments']): (id: string | null) => string {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  return useCallback(
    (id) => {
      const found = segments.find((segment) => segment.id === id);
      if (found !== undefined) return nameOf(found.names);
      return id === null || id === '' ? t('pairs.all') : id;
    },
    [segments, nameOf, t],
  );
}

/** Two figures below ten, one above: 3.14, 12.6. */
export function useRatioWords(): (ratio: number) => string {
  const locale = useLocale();
  return useCallback((ratio) => decimal(ratio, ratio >= 9.95 ? 1 : 2, locale), [locale]);
}

/** One pair in plain words: who, how many times as often, how sure, and what it amounts to. */
export function usePairSentence(segments: PairsView['segments'], days: number): (row: PairRow) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const ratio = useRatioWords();
  const segmentName = useSegmentName(segments);
  return useCallback(
    (row) => {
      const who = row.segment === null ? t('pairs.everybody') : t('pairs.ofSegment', { segment: segmentName(row.segment) });
      const said = t('pairs.sentence', {
        who,
        days,
        grievance: labels.value('category', row.grievance),
        complaint: labels.value('category', row.complaint),
        ratio: ratio(row.ratio),
        low: ratio(row.low),
        high: ratio(row.high),
      });
      const value = decimal(Math.abs(row.excess_per_1000), 1, locale);
      return `${said}${t(row.excess_per_1000 >= 0 ? 'pairs.excessMore' : 'pairs.excessFewer', { value })}${t('pairs.stop')}`;
    },
    [t, labels, ratio, segmentName, days, locale],
  );
}
