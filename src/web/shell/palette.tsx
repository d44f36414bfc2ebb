import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { use, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { orders, setMyLocale } from '../api/calls.ts';
import { switchLocale } from '../i18n/index.ts';
import { useLocale } from '../kit/locale.ts';
import { useMay, useMe } from '../kit/me.ts';
import { usePreferences, useSetPreferences } from '../kit/preferences.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { voicesAddress } from '../kit/filters-url.ts';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';
import { useSavedViews } from '../kit/default-view.ts';
import { VIEW_PAGES, isViewPage } from '../kit/view-pages.ts';
import type { Place } from './nav.ts';
import { asksForOrders, fitting } from './palette-entries.ts';
import type { Entry } from './palette-entries.ts';
import { THEME_CHOICES } from './first-shade.ts';
import { ThemeContext } from './theme-context.ts';
import { useSignOut } from './use-sign-out.ts';

interface Palette {
  readonly places: readonly Place[];
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

/** Everything by typing: pages and causes (their pinyin initials, too), kept views, orders by number, and what can be done anywhere. */
export function CommandPalette({ places, onClose, onHelp }: Palette) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const leave = useSignOut();
  const done = (entry: Entry) => () => {
    if (entry.stays !== true) onClose();
    entry.run();
  };
  const found = useOrdersFound(typed);
  const entries = [
    ...fitting([...usePages(places), ...useCauses(typed), ...useViews(), ...useActions(onHelp, leave.mutate)], typed),
    ...found,
  ];
  const now = Math.min(at, entries.length - 1);
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (move !== 0) {
      event.preventDefault();
      const next = (now + move + entries.length) % Math.max(1, entries.length);
      setAt(next);
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = entries[now];
      if (entry !== undefined) done(entry)();
    }
  };
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} width={560} style={{ top: 88 }} className="palette" title={null}>
      <input
        className="palette-input"
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-label={t('palette.label')}
        aria-activedescendant={entries[now] === undefined ? undefined : `${id}-${now}`}
        placeholder={t('palette.hint')}
        value={typed}
        onChange={(e) => {
          setTyped(e.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <ul className="palette-list" role="listbox" id={id} ref={list} aria-label={t('palette.label')}>
        {entries.map((entry, i) => (
          <li key={entry.id} id={`${id}-${i}`} role="option" aria-selected={i === now} onMouseMove={() => setAt(i)} onClick={done(entry)}>
            <span className="palette-name">{entry.name}</span>
            {entry.hint === undefined ? null : <span className="faint">{entry.hint}</span>}
            <span className="tag">{t(`palette.group.${entry.group}`)}</span>
          </li>
        ))}
      </ul>
      {leave.error === null ? null : <ProblemView error={leave.error} />}
      {entries.length === 0 ? <p className="faint pad">{t('palette.nothing')}</p> : null}
      <p className="palette-foot faint">{t('palette.foot')}</p>
    </Modal>
  );
}

function usePages(places: readonly Place[]): readonly Entry[] {
  const { t } = useTranslation();
  const go = useNavigate();
  const rules: readonly Entry[] = places.some((place) => place.path === '/alarms')
    ? [{ id: 'page:rules', group: 'page', name: t('alarms.rules'), also: 'rules', run: () => void go('/alarms/rules') }]
    : [];
  return [
    ...places.map((place): Entry => ({
      id: `page:${place.path}`,
      group: 'page',
      name: t(`nav.${place.name}`),
      also: place.name,
      run: () => void go(place.path),
    })),
    ...rules,
  ];
}

/** Causes of the knowledge map, each opening its voices; asked for by typing, since there are more than a hundred. */
function useCauses(typed: string): readonly Entry[] {
  const go = useNavigate();
  const may = useMay();
  const labels = useLabels();
  const locale = useLocale();
  const categories = useVocabulary().data?.categories ?? [];
  if (typed.trim() === '' || !may('voices.read')) return [];
  return categories
    .filter((category) => category.cell !== null && category.cell !== undefined)
    .map(({ code, names }) => ({
      id: `cause:${code}`,
      group: 'cause',
      name: names[locale],
      also: locale === 'zh' ? names.en : names.zh,
      hint: labels.value('category_1', code.split('/')[0] ?? ''),
      run: () => void go(voicesAddress([{ field: 'category', in: [code] }])),
    }));
}

function useViews(): readonly Entry[] {
  const go = useNavigate();
  const views = useSavedViews().data?.rows ?? [];
  return views.flatMap(({ id, page, name, query, mine, owner }): readonly Entry[] =>
    isViewPage(page)
      ? [
          {
            id: `view:${id}`,
            group: 'view',
            name,
            ...(mine ? {} : { hint: owner.name }),
            run: () => void go(`${VIEW_PAGES[page]}?${query}`),
          },
        ]
      : [],
  );
}

function useOrdersFound(typed: string): readonly Entry[] {
  const go = useNavigate();
  const may = useMay();
  const { t } = useTranslation();
  const q = typed.trim();
  const query = useQuery({
    queryKey: ['orders', 'palette', q],
    queryFn: () => orders({ q, limit: 5 }),
    enabled: may('orders.read') && asksForOrders(typed),
    staleTime: 30_000,
  });
  if (!asksForOrders(typed)) return [];
  return (query.data?.rows ?? []).map((row) => ({
    id: `order:${row.id}`,
    group: 'order',
    name: row.title,
    hint: `${row.id} · ${t(`states.order.${row.state}`)}`,
    run: () => void go(`/orders/${row.id}`),
  }));
}

function useActions(onHelp: () => void, leave: () => void): readonly Entry[] {
  const { t } = useTranslation();
  const go = useNavigate();
  const may = useMay();
  const locale = useLocale();
  const theme = use(ThemeContext);
  const me = useMe().data;
  const set = useSetPreferences();
  const { shortcuts } = usePreferences().value;
  const action = (id: string, name: string, also: string, run: () => void): Entry => ({
    id: `action:${id}`,
    group: 'action',
    name,
    also,
    run,
  });
  const other = locale === 'zh' ? 'en' : 'zh';
  const language = (): void => {
    void switchLocale(other);
    if (me !== undefined) void setMyLocale(other).catch(() => undefined);
  };
  return [
    ...(may('orders.create') ? [action('order', t('orders.new'), 'new order', () => void go('/orders?tab=open&new=1'))] : []),
    ...(may('imports.run') ? [action('import', t('palette.import'), 'import a file', () => void go('/imports'))] : []),
    action('language', t('palette.language'), 'language 语言 中文 english', language),
    ...THEME_CHOICES.map((choice) =>
      action(`theme:${choice}`, t('shell.theme', { value: t(`shell.${choice}`) }), `theme ${choice}`, () => theme?.choose(choice)),
    ),
    action('help', t('keys.title'), 'shortcuts keys ?', onHelp),
    action('keys', t(shortcuts ? 'keys.off' : 'keys.on'), 'shortcuts', () => set({ shortcuts: !shortcuts })),
    { ...action('leave', t('shell.signOut'), 'sign out', leave), stays: true },
  ];
}
