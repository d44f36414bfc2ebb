import { Drawer, Skeleton } from 'antd';
import { Fragment, lazy, memo, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, NavLink, Outlet, useLocation, useSearchParams } from 'react-router';
import { ApiProblem } from '../api/client.ts';
import type { Me } from '../../model/account.ts';
import { useDefaultView } from '../kit/default-view.ts';
import { Brand, Icon } from '../kit/icons.tsx';
import { useLocale } from '../kit/locale.ts';
import { FollowContext, useFollow } from '../kit/follow.ts';
import { useMe } from '../kit/me.ts';
import { useEver } from '../kit/use-ever.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { FootKeys, SignOut } from './foot-keys.tsx';
import { HelpLink } from '../guide/help-link.tsx';
import { useLive } from './live.ts';
import { SearchKey, useCommands } from './commands.tsx';
import { grouped, placeAt, placesFor } from './nav.ts';
import { NotForYou } from './crashed.tsx';
import type { Place } from './nav.ts';
import { Who } from './who.tsx';

const EvidenceDrawer = lazy(async () => ({ default: (await import('../voices/evidence-drawer.tsx')).EvidenceDrawer }));

/** Fetched with the first figure that somebody opens. */
function Evidence() {
  const wanted = useEver(useSearchParams()[0].has('evidence'));
  return wanted ? (
    <Suspense fallback={null}>
      <EvidenceDrawer />
    </Suspense>
  ) : null;
}

export function Shell() {
  const me = useMe();
  const here = useLocation();
  const live = useLive(me.data !== undefined);
  const follow = useFollow();
  if (me.error instanceof ApiProblem && me.error.status === 401)
    return <Navigate to={`/signin?next=${encodeURIComponent(here.pathname + here.search)}`} replace />;
  if (me.data === undefined)
    return (
      <div className="main">
        {me.error === null ? <Skeleton active /> : <ProblemView error={me.error} again={() => void me.refetch()} />}
      </div>
    );
  return (
    <FollowContext value={follow}>
      <Framed me={me.data} live={live} />
    </FollowContext>
  );
}

/** Listens to no address: what stands around the page is not drawn anew when the page is. */
const Framed = memo(function Framed({ me, live }: { readonly me: Me; readonly live: boolean }) {
  const { t } = useTranslation();
  const places = useMemo(() => placesFor(me.verbs), [me.verbs]);
  const commands = useCommands(places);
  const search = () => commands.open('palette');
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <aside className="side" aria-label={t('app.name')}>
        <BrandLink claim />
        <SearchKey onOpen={search} />
        <Links places={places} />
        <div className="side-foot">
          <Live live={live} />
          <Who me={me} />
          <div className="foot-keys">
            <FootKeys />
            <HelpLink />
            <SignOut />
          </div>
        </div>
      </aside>
      <header className="top-bar">
        <BrandLink />
        <span className="foot-keys">
          <SearchKey onOpen={search} />
          <FootKeys />
        </span>
      </header>
      <main className="main" id="main" tabIndex={-1}>
        <Page places={places} />
      </main>
      <Evidence />
      {commands.sheet}
      <BottomBar places={places} me={me} live={live} />
    </div>
  );
});

function Page({ places }: { readonly places: readonly Place[] }) {
  const here = placeAt(useLocation().pathname);
  const view = useDefaultView();
  if (here !== undefined && !places.includes(here)) return <NotForYou />;
  if (view === null) return <Outlet />;
  return view === 'coming' ? <Skeleton active /> : <Navigate to={view} replace />;
}

function BrandLink({ claim = false }: { readonly claim?: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <Link to="/" className="brand" title={t('app.claim')}>
      <Brand />
      <span>
        {t('app.name')}
        {claim ? <small lang={locale === 'zh' ? 'en' : 'zh-CN'}>{t('app.other')}</small> : null}
      </span>
    </Link>
  );
}

function Links({ places, onGo }: { readonly places: readonly Place[]; readonly onGo?: () => void }) {
  const { t } = useTranslation();
  const groups = grouped(places);
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      {groups.map(([group, those]) => (
        <Fragment key={group}>
          {groups.length > 2 ? <span className="nav-group">{t(`nav.group.${group}`)}</span> : null}
          {those.map((place) => (
            <NavLink key={place.path} to={place.path} {...(onGo === undefined ? {} : { onClick: onGo })}>
              <Icon name={place.name} />
              {t(`nav.${place.name}`)}
            </NavLink>
          ))}
        </Fragment>
      ))}
    </nav>
  );
}

function Live({ live }: { readonly live: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={`live ${live ? 'on' : ''}`} role="status">
      <i aria-hidden="true" />
      {t(live ? 'shell.live' : 'shell.notLive')}
    </span>
  );
}

const BAR = 4;

/** On a phone: the first four places at the thumb, everything else behind “more”. */
function BottomBar({ places, me, live }: { readonly places: readonly Place[]; readonly me: Me; readonly live: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const wanted = useEver(open);
  return (
    <>
      <nav className="bottom-bar" aria-label={t('nav.label')}>
        {places.slice(0, BAR).map((place) => (
          <NavLink key={place.path} to={place.path}>
            <Icon name={place.name} />
            {t(`nav.${place.name}`)}
          </NavLink>
        ))}
        <button type="button" aria-expanded={open} onClick={() => setOpen(true)}>
          <Icon name="more" />
          {t('nav.more')}
        </button>
      </nav>
      {wanted ? (
        <Drawer open={open} onClose={() => setOpen(false)} title={t('nav.more')} size={280}>
          <Links places={places} onGo={() => setOpen(false)} />
          <div className="side-foot">
            <Live live={live} />
            <Who me={me} />
            <div className="foot-keys">
              <HelpLink />
              <SignOut />
            </div>
          </div>
        </Drawer>
      ) : null}
    </>
  );
}
