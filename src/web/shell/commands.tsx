import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../kit/icons.tsx';
import type { Place } from './nav.ts';
import { useShortcuts } from './use-shortcuts.ts';

const CommandPalette = lazy(async () => ({ default: (await import('./palette.tsx')).CommandPalette }));
const KeysHelp = lazy(async () => ({ default: (await import('./keys-help.tsx')).KeysHelp }));

/** The palette and the list of keys, fetched when somebody first asks for them. */
export function useCommands(places: readonly Place[]) {
  const [shown, show] = useState<'palette' | 'help' | null>(null);
  const open = useCallback((what: 'palette' | 'help') => show(what), []);
  useShortcuts(places, open);
  const sheet = (
    <Suspense fallback={null}>
      {shown === 'palette' ? (
        <CommandPalette places={places} onClose={() => show((now) => (now === 'palette' ? null : now))} onHelp={() => show('help')} />
      ) : null}
      {shown === 'help' ? <KeysHelp places={places} onClose={() => show(null)} /> : null}
    </Suspense>
  );
  return { open, sheet };
}

export function SearchKey({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" className="search-key" onClick={onOpen} aria-label={t('palette.label')}>
      <Icon name="search" />
      <span>{t('palette.open')}</span>
      <kbd>Ctrl K</kbd>
    </button>
  );
}
