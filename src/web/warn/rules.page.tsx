import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { rules } from '../api/calls.ts';
import type { RuleRow } from '../api/types.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { duration } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { SeverityMark } from '../kit/states.tsx';
import { useParam } from '../kit/url-state.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { RuleForm } from './rule-form.tsx';

export function RulesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [edited, edit] = useParam('rule');
  const query = useQuery({ queryKey: ['rules'], queryFn: rules });
  const rows = query.data?.rows ?? [];
  const words =
    query.data === undefined ? t('alarms.rules') : t('rules.words', { on: rows.filter((r) => r.enabled).length, count: rows.length });
  return (
    <div className="page">
      <PageHead name={t('alarms.rules')} words={words}>
        <Link to="/alarms">{t('rules.back')}</Link>
        {may('rules.write') ? <Button onClick={() => edit('new')}>{t('rules.new')}</Button> : null}
      </PageHead>
      <Answered query={query}>
        {(found) => (
          <section className="panel">
            {found.rows.length === 0 ? (
              <Empty why={t('rules.empty')} next={t('rules.emptyNext')} />
            ) : (
              <ul className="plain-list">
                {found.rows.map((rule) => (
                  <RuleLine key={rule.id} rule={rule} {...(may('rules.write') ? { onEdit: () => edit(rule.id) } : {})} />
                ))}
              </ul>
            )}
          </section>
        )}
      </Answered>
      {edited === null || query.data === undefined ? null : (
        <RuleForm key={edited} rule={rows.find((r) => r.id === edited) ?? null} onClose={() => edit(null)} />
      )}
    </div>
  );
}

/** A rule as a sentence. */
export function useRuleSentence(): (rule: RuleRow) => string {
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

function RuleLine({ rule, onEdit }: { readonly rule: RuleRow; readonly onEdit?: () => void }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const labels = useLabels();
  const sentence = useRuleSentence();
  return (
    <li className="item">
      <div className="stack" style={{ gap: 2 }}>
        <div className="row" style={{ gap: '2px 12px' }}>
          <SeverityMark severity={rule.severity} />
          <strong>{nameOf(rule.names)}</strong>
          {rule.enabled ? null : <span className="tag">{t('rules.disabled')}</span>}
        </div>
        <span>{sentence(rule)}</span>
        <span className="faint">
          {labels.value('department', rule.department)} · {t('rules.version', { version: rule.version })} · {t('rules.updated')}{' '}
          <When at={rule.updated_at} />
        </span>
      </div>
      {onEdit === undefined ? null : (
        <Button size="small" onClick={onEdit}>
          {t('common.edit')}
        </Button>
      )}
    </li>
  );
}
