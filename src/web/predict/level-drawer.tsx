import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { LEVELS } from '../../model/levels.ts';
import { useParam } from '../kit/url-state.ts';
import { VoiceList } from '../kit/voice-list.tsx';
import { levelVoices } from './levels-calls.ts';

/** The grievances that stand on a level. */
export function LevelDrawer() {
  const { t } = useTranslation();
  const [text, open] = useParam('level');
  const level = LEVELS.find((one) => String(one) === text);
  return (
    <Drawer
      open={level !== undefined}
      onClose={() => open(null)}
      title={level === undefined ? '' : t('levels.level', { level })}
      size={620}
      destroyOnHidden
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      {level === undefined ? null : (
        <VoiceList name={['level', level]} ask={(cursor) => levelVoices(level, cursor)} words={(count) => t('levels.count', { count })} />
      )}
    </Drawer>
  );
}
