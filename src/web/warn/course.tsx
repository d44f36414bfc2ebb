import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../model/alarm-views.ts';
import { When } from '../kit/when.tsx';

/** What happened to an alarm, in its order. */
export function Course({ alarm }: { readonly alarm: AlarmRow }) {
  const { t } = useTranslation();
  const steps: readonly (readonly [at: string | null, name: string, more?: ReactNode])[] = [
    [alarm.began_at, t('alarms.began')],
    [alarm.fired_at, t('alarms.since')],
    [alarm.historical ? alarm.known_at : null, t('alarms.known')],
    [
      alarm.acknowledged?.at ?? null,
      t('alarms.acknowledge'),
      alarm.acknowledged === null ? null : t('alarms.acknowledgedBy', { name: alarm.acknowledged.by, reason: alarm.acknowledged.reason }),
    ],
    [alarm.resolved_at, t('alarms.resolved')],
  ];
  return (
    <ol className="timeline">
      {steps.map(([at, name, more]) =>
        at === null ? null : (
          <li key={name}>
            <div className="row" style={{ gap: '2px 12px' }}>
              <strong>{name}</strong>
              <span className="faint">
                <When at={at} />
              </span>
            </div>
            {more === null || more === undefined ? null : <p>{more}</p>}
          </li>
        ),
      )}
    </ol>
  );
}
