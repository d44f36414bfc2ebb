import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { VoiceRow } from '../../model/voice-views.ts';
import type { Column } from '../kit/data-table.tsx';
import { percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { useSure } from './sure.ts';

/** A time of another year, on one line: times never wrap, so a narrower column would run into the text. */
const TIME_WITH_YEAR = 144;
/** The longest that cannot be broken: 回访意见, Consultation. In both languages the columns shown at first fit a desk of 1440 pixels. */
const KIND_WIDTH = { zh: 84, en: 116 } as const;

/** Voices as people read them: when, what, why, where; everything else a tick away. */
export function useVoiceColumns(onOpen: (row: VoiceRow) => void): readonly Column<VoiceRow>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const sure = useSure();
  return useMemo(() => {
    const named = (dimension: keyof VoiceRow & string, title: string, width: number): Column<VoiceRow> => {
      const text = (row: VoiceRow) => (row[dimension] === null ? null : labels.value(dimension, row[dimension] as string));
      return { name: dimension, title, width, show: text, text };
    };
    const place = (row: VoiceRow): string =>
      (['city', 'district', 'community'] as const)
        .flatMap((level) => (row[level] === null ? [] : [labels.value(level, row[level])]))
        .join(' · ');
    const hidden = (column: Column<VoiceRow>): Column<VoiceRow> => ({ ...column, hidden: true });
    return [
      {
        name: 'said_at',
        title: t('voices.time'),
        width: TIME_WITH_YEAR,
        sort: 'server',
        show: (row) => (
          <>
            <When at={row.said_at} />
            {row.said_at_known ? null : <div className="faint">{t('voices.timeGuessed')}</div>}
          </>
        ),
        format: 'time',
        text: (row) => row.said_at,
      },
      {
        name: 'text',
        title: t('voices.text'),
        width: 300,
        grow: true,
        card: 'title',
        show: (row) => (
          <button type="button" className="open-voice clamp" onClick={() => onOpen(row)}>
            {row.text}
          </button>
        ),
        text: (row) => row.text,
      },
      {
        name: 'category',
        title: t('voices.cause'),
        width: 176,
        show: (row) => (
          <>
            {labels.value('category', row.category)}
            <div className="faint">{row.confidence === null || row.category === null ? '' : sure(row.confidence)}</div>
          </>
        ),
        text: (row) => labels.value('category', row.category),
      },
      named('department', t('voices.department'), 116),
      { name: 'place', title: t('voices.place'), width: 172, show: place, text: place },
      named('kind', t('voices.kindOnly'), KIND_WIDTH[locale]),
      named('channel', t('voices.channel'), 108),
      hidden(named('feeling', t('voices.feeling'), 88)),
      hidden(named('stage', t('voices.stage'), 140)),
      hidden(named('source', t('voices.source'), 128)),
      hidden(named('product', t('voices.product'), 120)),
      hidden({ name: 'customer', title: t('voices.customer'), width: 128, show: (row) => row.customer, text: (row) => row.customer }),
      hidden({
        name: 'confidence',
        title: t('voices.confidenceName'),
        width: 96,
        number: true,
        format: 'share',
        sort: 'server',
        show: (row) => percent(row.confidence, locale, 0),
        text: (row) => row.confidence,
      }),
      hidden({
        name: 'score',
        title: t('voices.score'),
        width: 80,
        number: true,
        sort: 'server',
        show: (row) => row.score,
        text: (row) => row.score,
      }),
    ];
  }, [t, locale, labels, sure, onOpen]);
}
