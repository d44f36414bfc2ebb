import { useQueryClient } from '@tanstack/react-query';
import { Button, Popover } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { changeView, dropView } from '../api/calls.ts';
import type { SavedView } from '../../model/preferences.ts';
import { useSavedViews } from './default-view.ts';
import { Icon } from './icons.tsx';
import { usePreferences, useSetPreferences } from './preferences.ts';
import { ProblemView } from './problem-view.tsx';
import { useOnce } from './use-once.ts';
import type { ViewPage } from './view-pages.ts';

/** What belongs to the moment, not to the view. */
const PASSING = ['cursor', 'after', 'voice', 'alarm', 'evidence', 'shown', 'reading', 'new'];

function queryOf(search: string): string {
  const params = new URLSearchParams(search);
  for (const name of PASSING) params.delete(name);
  return params.toString();
}

/** Fetched when somebody keeps one. */
const KeepSheet = lazy(async () => ({ default: (await import('./keep-sheet.tsx')).KeepSheet }));

/** Views of a page under names: private, the unit's, public within scope; one of them may open the page. */
export function SavedViews({ page }: { readonly page: ViewPage }) {
  const { t } = useTranslation();
  const here = useLocation();
  const query = useSavedViews();
  const { value } = usePreferences();
  const [keeping, setKeeping] = useState(false);
  const views = (query.data?.rows ?? []).filter((view) => view.page === page);
  const now = queryOf(here.search);
  const shown = views.find((view) => view.query === now);
  const content = (
    <div className="views-list">
      {views.length === 0 ? <p className="faint">{t('views.none')}</p> : null}
      <ul className="plain-list tight">
        {views.map((view) => (
          <ViewLine key={view.id} view={view} now={now} isDefault={value.defaults[page] === view.id} />
        ))}
      </ul>
      <Button size="small" onClick={() => setKeeping(true)}>
        {t('views.save')}
      </Button>
    </div>
  );
  return (
    <>
      <Popover trigger="click" placement="bottomRight" content={content}>
        <button type="button" className="tool">
          <Icon name="star" />
          {shown?.name ?? t('views.label')}
          {views.length === 0 || shown !== undefined ? null : <span className="tag">{views.length}</span>}
        </button>
      </Popover>
      {keeping ? (
        <Suspense fallback={null}>
          <KeepSheet page={page} query={now} onClose={() => setKeeping(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

function ViewLine({ view, now, isDefault }: { readonly view: SavedView; readonly now: string; readonly isDefault: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const set = useSetPreferences();
  const again = () => cache.invalidateQueries({ queryKey: ['views'] });
  const drop = useOnce({ mutationFn: () => dropView(view.id), onSettled: again });
  const write = useOnce({ mutationFn: () => changeView(view, { name: view.name, query: now, audience: view.audience }), onSettled: again });
  const [sure, setSure] = useState(false);
  return (
    <li>
      <div className="row between">
        <Link to={view.query === '' ? '?' : `?${view.query}`} {...(view.query === now ? { 'aria-current': 'true' as const } : {})}>
          {view.name}
        </Link>
        <span className="faint">
          {isDefault ? `${t('views.isDefault')} · ` : ''}
          {view.mine ? t(`views.audiences.${view.audience}`) : t('views.byOther', { name: view.owner.name })}
        </span>
      </div>
      <div className="row" style={{ gap: 0 }}>
        <button type="button" className="tool" onClick={() => set({ defaults: { [view.page]: isDefault ? null : view.id } })}>
          {t(isDefault ? 'views.noDefault' : 'views.asDefault')}
        </button>
        {view.mine && view.query !== now ? (
          <button type="button" className="tool" onClick={() => write.mutate()}>
            {t('views.overwrite')}
          </button>
        ) : null}
        {!view.mine ? null : sure ? (
          <>
            <span className="faint">{t('views.removeSure', { name: view.name })}</span>
            <button type="button" className="tool" onClick={() => drop.mutate()}>
              {t('common.yes')}
            </button>
            <button type="button" className="tool" onClick={() => setSure(false)}>
              {t('common.no')}
            </button>
          </>
        ) : (
          <button type="button" className="tool" onClick={() => setSure(true)}>
            {t('views.remove')}
          </button>
        )}
      </div>
      {[write.error, drop.error].map((error, i) => (error === null ? null : <ProblemView key={i} error={error} />))}
    </li>
  );
}
