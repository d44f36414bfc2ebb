import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { SEVERITIES } from '../../model/alarm.ts';
import { alarms } from '../api/calls.ts';
import type { AlarmRow, Counted } from '../api/types.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { Pager } from '../kit/pager.tsx';
import { useParam } from '../kit/url-state.ts';
import { AlarmDrawer } from './alarm-drawer.tsx';
import { AlarmList } from './alarm-list.tsx';

const TABS = ['now', 'resolved', 'historical'] as const;
type Tab = (typeof TABS)[number];
const isTab = (text: string | null): text is Tab => TABS.includes(text as Tab);

const OPEN = ['firing', 'acknowledged', 'pending'] as const;

/** The tab of today asks for each open state, late known or not; the others page through their list. */
async function asked(tab: Tab, cursor: string | null): Promise<Counted<AlarmRow>> {
  if (tab === 'historical') return alarms({ historical: true, cursor });
  if (tab === 'resolved') return alarms({ state: 'resolved', historical: false, cursor });
  const pages = await Promise.all(OPEN.map((state) => alarms({ state, limit: 200 })));
  return { count: pages.reduce((sum, page) => sum + page.count, 0), rows: pages.flatMap((page) => page.rows), next: null };
}

/** Firing before acknowledged before pending, the worst first, the newest first among equals. */
const STATE_ORDER = ['firing', 'acknowledged', 'pending', 'resolved'];
export function worstFirst(rows: readonly AlarmRow[]): readonly AlarmRow[] {
  const rank = (a: AlarmRow) => STATE_ORDER.indexOf(a.state) * 10 - SEVERITIES.indexOf(a.rule.severity);
  return [...rows].sort((a, b) => rank(a) - rank(b) || (b.fired_at ?? '').localeCompare(a.fired_at ?? ''));
}

export function AlarmsPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const wanted = params.get('tab');
  const tab: Tab = isTab(wanted) ? wanted : 'now';
  const cursor = params.get('cursor');
  const [opened, open] = useParam('alarm');
  const query = useQuery({ queryKey: ['alarms', tab, cursor], queryFn: () => asked(tab, cursor), placeholderData: keepPreviousData });
  return (
    <div className="page">
      <PageHead name={t('nav.alarms')} words={<Words tab={tab} found={query.data} />}>
        <Link to="/alarms/rules">{t('alarms.rules')}</Link>
      </PageHead>
      <nav className="tabs" aria-label={t('alarms.tabsLabel')}>
        {TABS.map((name) => (
          <Link
            key={name}
            to={name === 'now' ? '?' : `?tab=${name}`}
            className={name === tab ? 'active' : ''}
            {...(name === tab ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`alarms.tab.${name}`)}
          </Link>
        ))}
      </nav>
      <Answered query={query}>
        {(found) => (
          <section className="panel">
            {found.rows.length === 0 ? <NoAlarms tab={tab} /> : <AlarmList rows={tab === 'now' ? worstFirst(found.rows) : found.rows} />}
            <Pager next={found.next} />
          </section>
        )}
      </Answered>
      <AlarmDrawer id={opened} onClose={() => open(null)} />
    </div>
  );
}

function Words({ tab, found }: { readonly tab: Tab; readonly found: Counted<AlarmRow> | undefined }) {
  const { t } = useTranslation();
  if (found === undefined) return t('nav.alarms');
  if (tab !== 'now') return `${t(`alarms.tab.${tab}`)}: ${t('alarms.wordsPast', { count: found.count })}`;
  const firing = found.rows.filter((a) => a.state === 'firing');
  const acknowledged = found.rows.filter((a) => a.state === 'acknowledged').length;
  const said = [
    firing.length === 0
      ? t('alarms.wordsCalm')
      : t('alarms.wordsFiring', { count: firing.length, critical: firing.filter((a) => a.rule.severity === 'critical').length }),
    acknowledged === 0 ? '' : t('alarms.wordsAcknowledged', { count: acknowledged }),
  ];
  return said.filter((part) => part !== '').join(t('alarms.separator'));
}

function NoAlarms({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Empty
      why={t(tab === 'now' ? 'alarms.emptyNow' : 'alarms.emptyPast')}
      next={t(tab === 'historical' ? 'alarms.emptyPastNext' : 'alarms.emptyNowNext')}
    >
      {may('rules.read') ? <Link to="/alarms/rules">{t('alarms.toRules')}</Link> : null}
    </Empty>
  );
}
