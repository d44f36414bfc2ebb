import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { WaitingList } from '../act/waiting-list.tsx';
import { Opens } from '../analyse/opens.tsx';
import '../analyse/analyse.css';
import { overview } from '../api/calls.ts';
import type { Change, ModelWatch, Overview, OverviewNumbers } from '../../model/overview.ts';
import { Answered } from '../kit/answered.tsx';
import { useDrawing } from '../kit/chart.tsx';
import { Empty } from '../kit/empty.tsx';
import { putFilters } from '../kit/filters-url.ts';
import { count, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { useParam } from '../kit/url-state.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { AlarmList } from '../warn/alarm-list.tsx';
import { Changes } from './changes.tsx';
import { DayBars } from './day-bars.tsx';
import { KeyFigures } from './key-figures.tsx';
import { dayWords } from './day-words.ts';

export function OverviewPage() {
  const { t } = useTranslation();
  const [focus] = useParam('focus');
  const query = useQuery({ queryKey: ['overview', focus], queryFn: () => overview(focus), placeholderData: keepPreviousData });
  useDrawing();
  const data = query.data;
  return (
    <div className="page">
      <PageHead
        name={t('nav.overview')}
        help={{ doc: 'analyst', topics: ['voices', 'complaints', 'share', 'per_10k_subscribers'] }}
        words={data === undefined ? t('nav.overview') : <Headline data={data} />}
        under={data === undefined ? undefined : <Under data={data} />}
      >
        {data?.may_focus === true ? <Focus focus={data.focus} /> : null}
      </PageHead>
      <Answered query={query} rows={12}>
        {(found) => (found.older === null ? <Filled data={found} /> : <NothingLately older={found.older} />)}
      </Answered>
    </div>
  );
}

/** One sentence: the biggest real change with its base and place; without one, what waits; without that, that all is calm. */
function Headline({ data }: { readonly data: Overview }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const change = data.numbers?.changed[0];
  if (change !== undefined) return <ChangeSentence change={change} />;
  if (data.older !== null) return <>{data.older === 0 ? t('overview.empty') : t('overview.quiet', { value: count(data.older, locale) })}</>;
  if (data.numbers !== null && data.waiting_count === 0) return <>{t('overview.calm')}</>;
  if (data.waiting_count > 0)
    return (
      <Link className="figure" to="/orders?tab=waits">
        {t('overview.waitingWords', { count: data.waiting_count, value: count(data.waiting_count, locale) })}
        {data.overdue_count > 0 ? t('overview.overdueWords', { value: count(data.overdue_count, locale) }) : ''}
      </Link>
    );
  return data.own === null ? (
    <>{t('overview.noWaiting')}</>
  ) : (
    <Opens where={data.own.figure.where}>{t('overview.ownWords', { value: count(data.own.figure.value ?? 0, locale) })}</Opens>
  );
}

export function ChangeSentence({ change }: { readonly change: Change }) {
  const locale = useLocale();
  return (
    <span className="headline">
      <Opens where={change.lead.where} value={change.lead.value}>
        {change.lead.text[locale]}
      </Opens>
      {change.tail === null ? null : (
        <Opens where={change.tail.where} value={change.tail.value}>
          {change.tail.text[locale]}
        </Opens>
      )}
    </span>
  );
}

function Under({ data }: { readonly data: Overview }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const weeks = data.numbers?.weeks ?? data.own?.weeks;
  return (
    <>
      {weeks === undefined ? null : (
        <>
          {t('overview.period', { from: dayWords(weeks.now.from, locale), until: dayWords(weeks.now.before, locale, -1) })}
          {' · '}
        </>
      )}
      {data.numbers !== null && !data.numbers.weeks.running && data.numbers.weeks.lastDay !== null ? (
        <>
          {t('overview.stale', { day: dayWords(data.numbers.weeks.lastDay, locale) })}
          {' · '}
        </>
      ) : null}
      {t('common.asOf', { time: '' })}
      <When at={data.as_of} />
    </>
  );
}

/** A manager begins with what the own department answers for. */
function Focus({ focus }: { readonly focus: string | null }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const department = focus === null ? null : labels.value('department', focus);
  return (
    <nav className="row">
      {department === null ? (
        <Link to="?">{t('overview.focusOwn')}</Link>
      ) : (
        <>
          <span className="tag">{t('overview.focus', { department })}</span>
          <Link to="?focus=all">{t('overview.focusAll')}</Link>
        </>
      )}
    </nav>
  );
}

function Filled({ data }: { readonly data: Overview }) {
  return (
    <>
      <KeyFigures data={data} />
      {data.numbers === null ? (
        <Waiting data={data} />
      ) : (
        <div className="overview-grid">
          <div className="page">
            <ChangesBlock numbers={data.numbers} />
            <Series numbers={data.numbers} />
          </div>
          <div className="page">
            <Burning data={data} />
            <Waiting data={data} />
          </div>
        </div>
      )}
    </>
  );
}

/** The very days that the changes compare, so that a click later the figures are the same. */
function sameWeeks({ weeks }: OverviewNumbers): string {
  const params = new URLSearchParams({ period: 'custom', compare: 'previous' });
  putFilters(params, [{ field: 'said_at', ...weeks.now }]);
  return params.toString();
}

/** The headline's change is not told twice: the whole, then what else moved. */
function ChangesBlock({ numbers }: { readonly numbers: OverviewNumbers }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const others = numbers.changed.slice(1).filter((change) => change.lead.text.en !== numbers.total.lead.text.en);
  const wholeIsHeadline = numbers.changed[0]?.lead.text.en === numbers.total.lead.text.en;
  return (
    <section className="block">
      <div className="block-head">
        <h2>{t('overview.changed')}</h2>
        <Link to={`/pain-points?${sameWeeks(numbers)}`}>{t('nav.explorer')}</Link>
      </div>
      <div className="panel">
        <Changes changed={[...(wholeIsHeadline ? [] : [numbers.total]), ...others]} />
        {others.length === 0 ? <p className="faint pad-line">{t('overview.noChange')}</p> : null}
      </div>
      {numbers.caveats.map((caveat) => (
        <p key={caveat.en} className="note">
          {caveat[locale]}
        </p>
      ))}
    </section>
  );
}

function Series({ numbers }: { readonly numbers: OverviewNumbers }) {
  const { t } = useTranslation();
  return (
    <section className="block">
      <h2>{t('overview.series')}</h2>
      <div className="panel pad">
        <DayBars days={numbers.days} focus={numbers.total.lead.where} />
      </div>
    </section>
  );
}

function Burning({ data }: { readonly data: Overview }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  if (!may('alarms.read')) return null;
  return (
    <section className="block">
      <div className="block-head">
        <h2>{t('overview.burning')}</h2>
        <Link to={data.focus === null ? '/alarms' : `/alarms?department=${data.focus}`}>
          {data.burning_count === 0 ? t('overview.all') : t('overview.allOf', { value: count(data.burning_count, locale) })}
        </Link>
      </div>
      {data.model === null ? null : <ModelAlarm model={data.model} />}
      <div className="panel">
        {data.burning.length === 0 ? (
          <Empty why={t('overview.noBurning')} next={t('overview.noBurningNext')} />
        ) : (
          <AlarmList rows={data.burning} short />
        )}
      </div>
    </section>
  );
}

function ModelAlarm({ model }: { readonly model: ModelWatch }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const share = (value: number): string => percent(value, locale);
  return (
    <p className="note">
      <Link to="/models">
        {model.large === null
          ? t('overview.modelMoved', { count: model.moved.length })
          : t('overview.modelOff', { stated: share(model.large.stated), happened: share(model.large.happened) })}
      </Link>
    </p>
  );
}

function Waiting({ data }: { readonly data: Overview }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  if (!may('orders.read')) return null;
  return (
    <section className="block">
      <div className="block-head">
        <h2>{t('overview.waiting')}</h2>
        <Link to={data.waiting_count === 0 ? '/orders' : '/orders?tab=waits'}>
          {data.waiting_count === 0 ? t('overview.all') : t('overview.allOf', { value: count(data.waiting_count, locale) })}
        </Link>
      </div>
      <div className="panel">
        {data.waiting.length === 0 ? (
          <Empty why={t('overview.noWaiting')} next={t('overview.noWaitingNext')} />
        ) : (
          <WaitingList rows={data.waiting} />
        )}
      </div>
    </section>
  );
}

function NothingLately({ older }: { readonly older: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const builds = may('imports.run') || may('members.write') || may('system.operate');
  return (
    <div className="panel">
      {older > 0 ? (
        <Empty why={t('overview.quiet', { value: count(older, locale) })} next={t('overview.quietNext')}>
          <Link to="/voices?period=all">{t('nav.voices')}</Link>
          {may('imports.run') ? <Link to="/imports">{t('explorer.toImports')}</Link> : null}
        </Empty>
      ) : (
        <Empty why={t('overview.empty')} next={t(builds ? 'overview.emptyNext' : 'overview.emptyScope')}>
          {builds ? <Link to="/guide">{t('overview.toGuide')}</Link> : null}
        </Empty>
      )}
    </div>
  );
}
