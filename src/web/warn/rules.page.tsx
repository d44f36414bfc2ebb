import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { rules } from '../api/calls.ts';
import type { RuleRow } from '../../model/alarm-views.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { useNameOf } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { SeverityMark } from '../kit/states.tsx';
import { useParam } from '../kit/url-state.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { RuleForm } from './rule-form.tsx';
import { useRuleSentence } from './rule-words.ts';

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
      <PageHead name={t('alarms.rules')} words={words} help={{ doc: 'analyst' }}>
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
          <span className={`state ${rule.enabled ? 'full' : 'over'}`}>{t(rule.enabled ? 'rules.on' : 'rules.disabled')}</span>
        </div>
        <span>{sentence(rule)}</span>
        <span className="faint">
          {labels.value('department', rule.department)} · {t('rules.version', { version: rule.version })} · {t('rules.updated')}{' '}
          <When at={rule.updated_at} /> ·{' '}
          <Link to={`/alarms?tab=historical&of=${encodeURIComponent(rule.id)}`}>{t('rules.seeAlarms')}</Link>
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
