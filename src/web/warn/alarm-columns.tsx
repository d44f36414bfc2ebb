import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../model/alarm-views.ts';
import type { Column } from '../kit/data-table.tsx';
import { useEntityName } from '../kit/entity-name.ts';
import { Evidence } from '../kit/evidence.tsx';
import { count, duration } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { AlarmStateMark, SeverityMark } from '../kit/states.tsx';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { AlarmActions } from './alarm-actions.tsx';
import type { Tab } from './alarm-tabs.ts';

/** One breach a line: how bad, where, how many, since when, and what can be done. */
export function useAlarmColumns(tab: Tab, onOpen: (row: AlarmRow) => void): readonly Column<AlarmRow>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const labels = useLabels();
  const entityName = useEntityName();
  return useMemo(() => {
    const time = (name: string, title: string, of: (row: AlarmRow) => string | null, hidden: boolean): Column<AlarmRow> => ({
      name,
      title,
      width: 116,
      hidden,
      format: 'time',
      show: (row) => <When at={of(row)} />,
      text: of,
    });
    const columns: readonly Column<AlarmRow>[] = [
      {
        name: 'severity',
        title: t('alarms.severity'),
        width: 84,
        show: (row) => <SeverityMark severity={row.rule.severity} />,
        text: (row) => t(`states.severity.${row.rule.severity}`),
      },
      {
        name: 'what',
        title: t('alarms.what'),
        width: 260,
        grow: true,
        card: 'title',
        show: (row) => (
          <>
            <button type="button" className="open-voice strong" onClick={() => onOpen(row)}>
              {entityName(row.entity)}
            </button>
            <div className="faint">
              {nameOf(row.rule.names)} ·{' '}
              {t('alarms.reached', { window: duration(row.rule.window_minutes, locale), threshold: row.rule.threshold })}
            </div>
          </>
        ),
        text: (row) => `${entityName(row.entity)} · ${nameOf(row.rule.names)}`,
      },
      {
        name: 'voices',
        title: t('alarms.voices'),
        unit: t('alarms.unit'),
        width: 96,
        number: true,
        sort: 'here',
        show: (row) => (
          <Evidence where={row.where} value={row.voices}>
            {count(row.voices, locale)}
          </Evidence>
        ),
        text: (row) => row.voices,
      },
      {
        name: 'state',
        title: t('alarms.state'),
        width: 132,
        show: (row) => (
          <>
            <AlarmStateMark state={row.state} />
            {row.acknowledged === null || row.acknowledged === undefined || row.state === 'resolved' ? null : (
              <div className="faint">{row.acknowledged.reason}</div>
            )}
          </>
        ),
        text: (row) => t(`states.alarm.${row.state}`),
      },
      time('fired', t('alarms.since'), (row) => row.fired_at ?? row.began_at, false),
      time('resolved', t('alarms.resolved'), (row) => row.resolved_at, tab !== 'resolved' && tab !== 'historical'),
      time('known', t('alarms.known'), (row) => row.known_at, tab !== 'historical'),
      {
        name: 'department',
        title: t('rules.department'),
        width: 112,
        show: (row) => labels.value('department', row.rule.department),
        text: (row) => labels.value('department', row.rule.department),
      },
      {
        name: 'next',
        title: t('alarms.next'),
        width: 176,
        show: (row) => <AlarmActions alarm={row} />,
        text: (row) => (row.order === null ? null : row.order.id),
      },
    ];
    return columns;
  }, [t, locale, nameOf, labels, entityName, onOpen, tab]);
}
