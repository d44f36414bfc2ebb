import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { AlarmRow } from '../../model/alarm-views.ts';
import { useEntityName } from '../kit/entity-name.ts';
import { Evidence } from '../kit/evidence.tsx';
import { count, duration } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { AlarmStateMark, SeverityMark } from '../kit/states.tsx';
import { withParams } from '../kit/url-state.ts';
import { When } from '../kit/when.tsx';
import { AlarmActions } from './alarm-actions.tsx';

/** One breach a line: how bad, where, how many, since when, and what can be done. */
export function AlarmList({ rows, short = false }: { readonly rows: readonly AlarmRow[]; readonly short?: boolean }) {
  return (
    <ul className="plain-list">
      {rows.map((alarm) => (
        <li key={alarm.id} className="item">
          <AlarmWords alarm={alarm} linked={!short} />
          {short ? <AlarmVoices alarm={alarm} /> : <AlarmActions alarm={alarm} />}
        </li>
      ))}
    </ul>
  );
}

export function AlarmVoices({ alarm }: { readonly alarm: AlarmRow }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <span className="nowrap">
      <Evidence where={alarm.where} value={alarm.voices}>
        {t('common.voicesCount', { count: alarm.voices, value: count(alarm.voices, locale) })}
      </Evidence>
    </span>
  );
}

function AlarmWords({ alarm, linked }: { readonly alarm: AlarmRow; readonly linked: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const entityName = useEntityName();
  const [params] = useSearchParams();
  const title = `${entityName(alarm.entity)} · ${nameOf(alarm.rule.names)}`;
  const words = t('alarms.sentence', {
    window: duration(alarm.rule.window_minutes, locale),
    voices: alarm.voices,
    threshold: alarm.rule.threshold,
  });
  return (
    <div className="stack" style={{ gap: 2 }}>
      <div className="row" style={{ gap: '2px 12px' }}>
        <SeverityMark severity={alarm.rule.severity} />
        {linked ? (
          <Link to={withParams(params, { alarm: alarm.id })} style={{ color: 'var(--ink)', fontWeight: 600 }}>
            {title}
          </Link>
        ) : (
          <strong>{title}</strong>
        )}
        <AlarmStateMark state={alarm.state} />
      </div>
      <div className="row quiet" style={{ gap: '2px 16px' }}>
        <span>{words}</span>
        <span>
          {t('alarms.since')} <When at={alarm.fired_at ?? alarm.began_at} />
        </span>
        {alarm.resolved_at === null ? null : (
          <span>
            {t('alarms.resolved')} <When at={alarm.resolved_at} />
          </span>
        )}
        {alarm.historical ? (
          <span>
            {t('alarms.known')} <When at={alarm.known_at} />
          </span>
        ) : null}
        {linked ? <AlarmVoices alarm={alarm} /> : null}
      </div>
    </div>
  );
}
