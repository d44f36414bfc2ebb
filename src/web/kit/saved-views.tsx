import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal, Popover, Radio } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { changeView, dropView, keepView, savedViews } from '../api/calls.ts';
import { AUDIENCES } from '../../model/preferences.ts';
import type { Audience, SavedView } from '../../model/preferences.ts';
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

export const useSavedViews = () => useQuery({ queryKey: ['views'], queryFn: savedViews, staleTime: 60_000 });

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
  useDefaultView(views.find((view) => view.id === value.defaults[page]));
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
      {keeping ? <KeepSheet page={page} query={now} onClose={() => setKeeping(false)} /> : null}
    </>
  );
}

/** Opens the page with the member's own view when it was entered plainly. */
function useDefaultView(view: SavedView | undefined): void {
  const here = useLocation();
  const go = useNavigate();
  const [entered] = useState(here.key);
  useEffect(() => {
    if (view !== undefined && view.query !== '' && here.search === '' && here.key === entered) void go(`?${view.query}`, { replace: true });
  }, [view, here, go, entered]);
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

function KeepSheet({ page, query, onClose }: { readonly page: string; readonly query: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const id = useId();
  const [name, setName] = useState('');
  const [audience, setAudience] = useState<Audience>('private');
  const keep = useOnce({
    mutationFn: () => keepView(page, { name: name.trim(), query, audience }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['views'] });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('views.save')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: name.trim() === '' }}
      confirmLoading={keep.isPending}
      onOk={() => keep.mutate()}
      onCancel={onClose}
    >
      <div className="stack wide">
        <p className="quiet">{t('views.saveHelp')}</p>
        <div className="field">
          <label htmlFor={id}>{t('views.name')}</label>
          <Input id={id} autoFocus maxLength={60} value={name} onChange={(e) => setName(e.target.value)} />
        </div>
        <fieldset className="field plain">
          <legend className="label">{t('views.audience')}</legend>
          <Radio.Group
            value={audience}
            options={AUDIENCES.map((value) => ({ value, label: t(`views.audiences.${value}`) }))}
            onChange={(e) => setAudience(e.target.value as Audience)}
          />
        </fieldset>
        {keep.error === null ? null : <ProblemView error={keep.error} />}
      </div>
    </Modal>
  );
}
