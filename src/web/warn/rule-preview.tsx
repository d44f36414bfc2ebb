import { Button } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RuleDraft } from '../../model/alarm.ts';
import type { RulePreview } from '../../model/alarm-views.ts';
import { previewRule } from '../api/calls.ts';
import { useEntityName } from '../kit/entity-name.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { When } from '../kit/when.tsx';

/** What the rule as it stands in the form would have done lately: how often, where most, and who would have heard of it. */
export function RulePreviewPart({ draft, names }: { readonly draft: RuleDraft; readonly names: Readonly<Record<string, string>> }) {
  const { t } = useTranslation();
  const asked = useMutation({ mutationFn: previewRule });
  const isOf = asked.variables !== undefined && JSON.stringify(asked.variables) === JSON.stringify(draft);
  return (
    <section className="stack" aria-label={t('rules.preview.ask')}>
      <div>
        <Button loading={asked.isPending} onClick={() => asked.mutate(draft)}>
          {t('rules.preview.ask')}
        </Button>
      </div>
      <div role="status" className="stack">
        {!isOf || asked.data === undefined ? null : <Found preview={asked.data} />}
        {!isOf && asked.data !== undefined ? <p className="faint">{t('rules.preview.changed')}</p> : null}
      </div>
      {isOf && asked.error !== null ? <ProblemView error={asked.error} names={names} /> : null}
    </section>
  );
}

function Found({ preview }: { readonly preview: RulePreview }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const entityName = useEntityName();
  const { fired, entities, weeks, largest, recipients, complete } = preview;
  return (
    <>
      <strong>
        {fired === 0
          ? t('rules.preview.never')
          : t('rules.preview.fired', { count: fired, value: count(fired, locale), entities: count(entities, locale) })}
      </strong>
      {fired === 0 ? null : (
        <span>
          {t('rules.preview.weeks', { numbers: weeks.map((week) => count(week.fired, locale)).join(locale === 'zh' ? '、' : ', ') })}
        </span>
      )}
      {largest.length === 0 ? null : (
        <ul className="plain-list tight" aria-label={t('rules.preview.largest')}>
          {largest.map((one) => (
            <li key={`${one.entity.value} ${one.fired_at}`} className="row between">
              <span>{entityName(one.entity)}</span>
              <span className="faint">
                <When at={one.fired_at} /> · {t('rules.preview.voices', { count: one.voices, value: count(one.voices, locale) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {fired === 0 ? null : (
        <span>
          {recipients.length === 0
            ? t('rules.tellNobody')
            : t('rules.preview.told', { who: recipients.join(locale === 'zh' ? '、' : ', ') })}
        </span>
      )}
      {complete ? null : <span className="faint">{t('rules.preview.partly')}</span>}
    </>
  );
}
