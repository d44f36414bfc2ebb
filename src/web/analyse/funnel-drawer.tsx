import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParam } from '../kit/url-state.ts';
import { VoiceList } from '../kit/voice-list.tsx';
import { type FunnelAsked, funnelVoices } from './funnel-calls.ts';
import { partIn } from './funnel-part.ts';

/** The voices behind a figure of the funnel: the first sign of every customer it counts. */
export function FunnelDrawer({ asked }: { readonly asked: FunnelAsked }) {
  const { t } = useTranslation();
  const [text, open] = useParam('part');
  const part = partIn(text);
  return (
    <Drawer
      open={part !== null}
      onClose={() => open(null)}
      title={part === null ? '' : t(`funnel.stage.${part.stage}`)}
      size={620}
      destroyOnHidden
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      {part === null ? null : (
        <VoiceList
          name={['funnel', asked, part]}
          ask={(cursor) => funnelVoices(asked, part, cursor)}
          words={(count) => t('funnel.count', { count })}
        />
      )}
    </Drawer>
  );
}
