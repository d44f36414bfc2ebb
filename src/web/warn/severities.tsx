import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { AlarmCount } from '../../model/alarm-views.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { SeverityMark } from '../kit/states.tsx';
import { withParams } from '../kit/url-state.ts';
import { bySeverity } from './alarm-tabs.ts';

/** How bad it is at a glance; a press shows only that severity, another one all again. */
export function Severities({ counts }: { readonly counts: readonly AlarmCount[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [params] = useSearchParams();
  const now = params.get('severity');
  return (
    <section className="severities" aria-label={t('alarms.bySeverity')}>
      {bySeverity(counts).map(({ severity, firing, acknowledged }) => (
        <Link
          key={severity}
          className={`panel severity-card ${firing > 0 ? severity : 'calm'}`}
          to={withParams(params, { severity: now === severity ? null : severity, cursor: null, after: null })}
          title={now === severity ? t('alarms.anySeverity') : t('alarms.onlySeverity', { severity: t(`states.severity.${severity}`) })}
          {...(now === severity ? { 'aria-current': 'true' as const } : {})}
        >
          <SeverityMark severity={severity} />
          <b>{count(firing, locale)}</b>
          <span className="faint">{t('alarms.ofThem', { firing: count(firing, locale), acknowledged: count(acknowledged, locale) })}</span>
        </Link>
      ))}
    </section>
  );
}
