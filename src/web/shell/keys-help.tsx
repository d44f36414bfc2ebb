import { Modal, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePreferences, useSetPreferences } from '../kit/preferences.ts';
import type { Place } from './nav.ts';
import { GO_KEYS } from './shortcuts.ts';

/** Every shortcut there is, and the switch that turns them off for this member everywhere. */
export function KeysHelp({ places, onClose }: { readonly places: readonly Place[]; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const set = useSetPreferences();
  const { shortcuts } = usePreferences().value;
  const pages = Object.entries(GO_KEYS).flatMap(([key, path]): [string, string][] => {
    const place = places.find((one) => one.path === path);
    if (place !== undefined) return [[`g ${key}`, t(`nav.${place.name}`)]];
    return path === '/alarms/rules' && places.some((one) => one.path === '/alarms') ? [[`g ${key}`, t('alarms.rules')]] : [];
  });
  const lines: readonly (readonly [string, string])[] = [
    ['Ctrl K / ⌘ K', t('keys.palette')],
    ['?', t('keys.title')],
    ...pages,
    ['↑ ↓ Home End', t('keys.rows')],
    ['Enter', t('keys.open')],
    [t('keys.space'), t('keys.mark')],
    ['Shift ↑ ↓', t('keys.extend')],
    ['Ctrl C', t('keys.copy')],
    ['T', t('keys.chart')],
    ['Esc', t('keys.escape')],
  ];
  return (
    <Modal open title={t('keys.title')} footer={null} onCancel={onClose} width={520}>
      <div className="stack wide">
        <dl className="facts">
          {lines.map(([key, what]) => (
            <div key={key} style={{ display: 'contents' }}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <label className="tick">
          <Switch size="small" checked={shortcuts} onChange={(on) => set({ shortcuts: on })} />
          {t('keys.switch')}
        </label>
        <p className="faint">{t('keys.fields')}</p>
      </div>
    </Modal>
  );
}
