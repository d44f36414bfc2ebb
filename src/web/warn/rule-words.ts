import { useTranslation } from 'react-i18next';
import type { RuleDraft } from '../../model/alarm.ts';
import { duration } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useLabels } from '../kit/vocabulary.ts';

/** A rule as a sentence. */
export function useRuleSentence(): (rule: Pick<RuleDraft, 'dimension' | 'where' | 'windowMinutes' | 'threshold'>) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  return (rule) => {
    const conditions = rule.where
      .map((w) => `${labels.dimension(w.field)}: ${w.in.map((v) => labels.value(w.field, v)).join('、')}`)
      .join('; ');
    return t('rules.sentence', {
      entity: labels.dimension(rule.dimension),
      where: conditions === '' ? '' : t('rules.where', { conditions }),
      window: duration(rule.windowMinutes, locale),
      threshold: rule.threshold,
    });
  };
}
