import { useTranslation } from 'react-i18next';
import type { Answer, Question } from '../../model/question.ts';
import { count, figure, percent, signedPercent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import type { Period } from '../kit/periods.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { isCut, numberAt, shapeOf, totalOf } from './answer-shape.ts';
import type { AnswerRow } from './answer-shape.ts';

/** What an answer says, before anybody looks at a picture. */
export interface Said {
  readonly total: number | null;
  readonly change: number | null;
  readonly top: { readonly row: AnswerRow; readonly value: number; readonly share: number | null } | null;
}

export function saidBy(answer: Answer, measure: string): Said {
  const total = totalOf(answer, measure);
  const previous = totalPrevious(answer, measure);
  const top = answer.rows.reduce<AnswerRow | null>((best, row) => {
    const value = numberAt(row, measure);
    return value !== null && value > (best === null ? -Infinity : (numberAt(best, measure) ?? -Infinity)) ? row : best;
  }, null);
  const value = top === null ? null : numberAt(top, measure);
  return {
    total,
    change: total === null || previous === null || previous === 0 ? null : total / previous - 1,
    top:
      top === null || value === null || isCut(answer) || shapeOf(answer).kind === 'figures'
        ? null
        : { row: top, value, share: total === null || total === 0 ? null : value / total },
  };
}

/** Only where every row of the period before stands beside one of this period: without a time dimension. */
function totalPrevious(answer: Answer, measure: string): number | null {
  if (!answer.columns.some((c) => c.name === `${measure}_previous`) || totalOf(answer, measure) === null) return null;
  return answer.rows.reduce((sum, row) => sum + (numberAt(row, `${measure}_previous`) ?? 0), 0);
}

/** How much of the answer is here, and whether its times are cut; null where all of it is. */
export function useCutWords(): (answer: Answer) => string | null {
  const { t } = useTranslation();
  const locale = useLocale();
  return (answer) => {
    if (!isCut(answer)) return null;
    const rows = t('explorer.cut', { shown: count(answer.rows.length, locale), total: count(answer.total_rows, locale) });
    return shapeOf(answer).kind === 'trend' ? [rows, t('explorer.cutTime')].join(t('explorer.separator')) : rows;
  };
}

export function useAnswerWords(): (answer: Answer, question: Question, period: Period) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const cutWords = useCutWords();
  return (answer, question, period) => {
    const measure = question.measures[0] ?? 'voices';
    const said = saidBy(answer, measure);
    const column = answer.columns.find((c) => c.name === measure) ?? { name: measure, unit: 'count' as const };
    const total = said.total ?? (shapeOf(answer).kind === 'figures' ? numberAt(answer.rows[0] ?? {}, measure) : null);
    const cut = cutWords(answer);
    const parts = [
      total === null
        ? cut === null
          ? labels.measure(measure)
          : t('explorer.cutWords', { measure: labels.measure(measure), cut })
        : t('explorer.totalWords', {
            measure: labels.measure(measure),
            value: said.total === null ? figure(total, column, locale) : count(total, locale),
          }),
      said.change === null ? '' : t('explorer.changeWords', { change: signedPercent(said.change, locale) }),
    ];
    if (said.top !== null) {
      const name = question.by.map((by) => labels.value(by, said.top?.row[by] ?? null, answer)).join(' · ');
      const value = figure(said.top.value, column, locale);
      const trend = shapeOf(answer).kind === 'trend';
      parts.push(
        trend || said.top.share === null
          ? t('explorer.peakWords', { name, value })
          : t('explorer.topWords', { name, value, share: percent(said.top.share, locale) }),
      );
    }
    const lead = period === 'custom' ? '' : `${t(`period.${period}`)}${locale === 'zh' ? '：' : ': '}`;
    return lead + parts.filter((part) => part !== '').join(t('explorer.separator'));
  };
}
