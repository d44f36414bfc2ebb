import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { PROBLEM_TEXTS } from '../../model/problem-texts.ts';
import type { ProblemGroup } from '../../model/problem.ts';
import type { BatchView, ImportMapping } from '../../model/import-views.ts';
import { filled } from '../kit/filled.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { isWhole, mendedField, withMeaning } from './mapping-draft.ts';
import { MendValues } from './mend-values.tsx';

export interface Mending {
  readonly mapping: ImportMapping;
  readonly busy: boolean;
  readonly onMend: (mapping: ImportMapping) => void;
}

/** Problems by what would repair them: how many rows, which values, and where one rule mends all of them, the rule. */
export function ProblemGroups({ batch, mend }: { readonly batch: BatchView; readonly mend?: Mending }) {
  const { t } = useTranslation();
  return (
    <section className="block">
      <h2>{t('imports.problems')}</h2>
      {batch.problems.length === 0 ? (
        <p className="quiet">{t('imports.problemsNone')}</p>
      ) : (
        <ul className="panel plain-list">
          {batch.problems.map((group, i) => (
            <li key={i}>
              <Group group={group} {...(mend === undefined ? {} : { mend })} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The sentence without its value: the values stand below, with how often each occurs. */
function useSentence(): (group: ProblemGroup) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return (group) => {
    if (!Object.hasOwn(PROBLEM_TEXTS, group.code)) return group.code;
    const first = group.values?.[0]?.value;
    const params = {
      ...(group.column === null ? {} : { column: group.column }),
      ...(first === undefined ? {} : { value: first, text: first }),
    };
    const several = group.values !== undefined && group.values.length > 1;
    return several
      ? t('imports.such', { sentence: filled(PROBLEM_TEXTS[group.code][locale], params) })
      : filled(PROBLEM_TEXTS[group.code][locale], params);
  };
}

function Group({ group, mend }: { readonly group: ProblemGroup; readonly mend?: Mending }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const sentence = useSentence();
  const [open, setOpen] = useState(false);
  const placeOf = ({ rows, count: all }: ProblemGroup): string => {
    const listed = rows.join(locale === 'zh' ? '、' : ', ');
    return rows.length === 0 ? '' : t('imports.atRows', { rows: all > rows.length ? `${listed} …` : listed });
  };
  const field = mendedField(group.code);
  const values = (group.values ?? []).filter(({ value }) => isWhole(value));
  const canMend = mend !== undefined && field !== null && values.length > 0;
  return (
    <div className="stack">
      <div className="item">
        <div className="stack">
          <span>{sentence(group)}</span>
          <span className="faint">
            {[group.column === null ? '' : t('imports.inColumn', { column: group.column }), placeOf(group)].filter(Boolean).join(' · ')}
          </span>
          <Values group={group} />
        </div>
        <div className="row">
          <strong>{t('imports.rowCount', { rows: count(group.count, locale) })}</strong>
          {canMend ? (
            <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t('imports.mend')}
            </Button>
          ) : null}
        </div>
      </div>
      {canMend && open ? (
        <MendValues
          field={field}
          values={values}
          busy={mend.busy}
          onMend={(meant) => mend.onMend(withMeaning(mend.mapping, field, meant))}
        />
      ) : null}
    </div>
  );
}

function Values({ group }: { readonly group: ProblemGroup }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const values = group.values ?? [];
  if (values.length === 0 || (values.length === 1 && values[0]?.count === group.count)) return null;
  const shown = values.slice(0, 8);
  const rest = group.count - shown.reduce((sum, one) => sum + one.count, 0);
  return (
    <span className="wrong-values faint">
      {shown.map(({ value, count: times }) => (
        <span key={value}>
          <b>“{value}”</b> ×{count(times, locale)}
        </span>
      ))}
      {rest > 0 ? <span>{t('imports.otherValues', { rows: count(rest, locale) })}</span> : null}
    </span>
  );
}
