import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { alarm } from '../api/calls.ts';
import type { AlarmRow, AnnouncementRow } from '../../model/alarm-views.ts';
import { Along } from '../kit/along.tsx';
import { Answered } from '../kit/answered.tsx';
import { useEntityName } from '../kit/entity-name.ts';
import { duration } from '../kit/format.ts';
import { useLocale, useNameOf } from '../kit/locale.ts';
import { AlarmStateMark, SeverityMark } from '../kit/states.tsx';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { AlarmActions } from './alarm-actions.tsx';
import { AlarmVoices } from './alarm-list.tsx';
import { Course } from './course.tsx';

interface AlarmDrawer {
  readonly id: string | null;
  readonly ids: readonly string[];
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

export function AlarmDrawer({ id, ids, onOpen, onClose }: AlarmDrawer) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['alarms', 'one', id], queryFn: () => alarm(id ?? ''), enabled: id !== null });
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      title={t('nav.alarms')}
      extra={id === null ? null : <Along id={id} ids={ids} onOpen={onOpen} />}
      size={560}
      destroyOnHidden
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <Answered query={query}>{(found) => <Opened alarm={found.alarm} announcements={found.announcements} />}</Answered>
    </Drawer>
  );
}

function Opened({ alarm: shown, announcements }: { readonly alarm: AlarmRow; readonly announcements: readonly AnnouncementRow[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useNameOf();
  const labels = useLabels();
  const entityName = useEntityName();
  const { rule } = shown;
  return (
    <div className="stack wide">
      <div className="row">
        <SeverityMark severity={rule.severity} />
        <AlarmStateMark state={shown.state} />
      </div>
      <h2>
        {entityName(shown.entity)} · {nameOf(rule.names)}
      </h2>
      <p>{t('alarms.sentence', { window: duration(rule.window_minutes, locale), voices: shown.voices, threshold: rule.threshold })}</p>
      <dl className="facts">
        <dt>{t('alarms.voices')}</dt>
        <dd>
          <AlarmVoices alarm={shown} />
        </dd>
        <dt>{t('rules.department')}</dt>
        <dd>{labels.value('department', rule.department)}</dd>
      </dl>
      <AlarmActions alarm={shown} />
      <section className="stack">
        <h2>{t('alarms.course')}</h2>
        <Course alarm={shown} />
      </section>
      <section className="stack">
        <h2>{t('alarms.announced')}</h2>
        {announcements.length === 0 ? (
          <p className="quiet">{t('alarms.announcedNone')}</p>
        ) : (
          <ul className="plain-list panel">
            {announcements.map((a, i) => (
              <li key={i} className="row between">
                <span>{a.recipient}</span>
                <span className="faint">
                  {t(`alarms.sent.${a.state}`)}
                  {a.sent_at === null ? null : (
                    <>
                      {' '}
                      · <When at={a.sent_at} />
                    </>
                  )}
                  {a.attempts < 2 ? '' : ` · ${t('alarms.attempts', { count: a.attempts })}`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
