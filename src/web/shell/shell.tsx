import { Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, NavLink, Outlet, useLocation } from 'react-router';
import { ApiProblem } from '../api/client.ts';
import type { Me } from '../api/types.ts';
import { Brand, Icon } from '../kit/icons.tsx';
import { useMe } from '../kit/me.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { FootKeys, SignOut } from './foot-keys.tsx';
import { useLive } from './live.ts';
import { placesFor } from './nav.ts';
import type { Place } from './nav.ts';
import { Who } from './who.tsx';

export function Shell() {
  const me = useMe();
  const here = useLocation();
  const live = useLive(me.data !== undefined);
  if (me.error instanceof ApiProblem && me.error.status === 401)
    return <Navigate to={`/signin?next=${encodeURIComponent(here.pathname + here.search)}`} replace />;
  if (me.data === undefined)
    return (
      <div className="main">
        {me.error === null ? <Skeleton active /> : <ProblemView error={me.error} again={() => void me.refetch()} />}
      </div>
    );
  return <Framed me={me.data} live={live} />;
}

function Framed({ me, live }: { readonly me: Me; readonly live: boolean }) {
  const { t } = useTranslation();
  const places = placesFor(me.verbs);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <aside className="side" aria-label={t('app.name')}>
        <BrandLink claim />
        <Links places={places} />
        <div className="side-foot">
          <Live live={live} />
          <Who me={me} />
          <div className="foot-keys">
            <FootKeys />
            <SignOut />
          </div>
        </div>
      </aside>
      <header className="top-bar">
        <BrandLink />
        <span className="foot-keys">
          <FootKeys />
        </span>
      </header>
      <main className="main" id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <BottomBar places={places} me={me} live={live} />
    </div>
  );
}

function BrandLink({ claim = false }: { readonly claim?: boolean }) {
  const { t } = useTranslation();
  return (
    <Link to="/" className="brand" title={t('app.claim')}>
      <Brand />
      <span>
        {t('app.name')}
        {claim ? <small>{t('app.other')}</small> : null}
      </span>
    </Link>
  );
}

function Links({ places, onGo }: { readonly places: readonly Place[]; readonly onGo?: () => void }) {
  const { t } = useTranslation();
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      {places.map((place) => (
        <NavLink key={place.path} to={place.path} {...(onGo === undefined ? {} : { onClick: onGo })}>
          <Icon name={place.name} />
          {t(`nav.${place.name}`)}
        </NavLink>
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
      <Drawer open={open} onClose={() => setOpen(false)} title={t('nav.more')} size={280}>
        <Links places={places} onGo={() => setOpen(false)} />
        <div className="side-foot">
          <Live live={live} />
          <Who me={me} />
          <div className="foot-keys">
            <SignOut />
          </div>
        </div>
      </Drawer>
    </>
  );
}
