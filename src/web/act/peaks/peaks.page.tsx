import { useTranslation } from 'react-i18next';
import { Tabs } from '../../kit/tabs.tsx';
import { useMay } from '../../kit/me.ts';
import { useParam } from '../../kit/url-state.ts';
import { CallsPart } from './calls-part.tsx';
import { EndsPart } from './ends-part.tsx';
import { MapPart } from './map-part.tsx';
import { SettingsPart } from './settings-part.tsx';
import { SpecialistsPart } from './specialists-part.tsx';
import './peaks.css';

const TABS = ['map', 'calls', 'ends', 'specialists', 'settings'] as const;

/** Peaks: who is called before they complain. Ends: what is done for the many who never will. */
export function PeaksPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [wanted] = useParam('tab');
  const open = TABS.filter((one) => one !== 'calls' || may('voices.read'));
  const now = open.find((one) => one === wanted) ?? 'map';
  const tabs = (
    <Tabs
      label={t('peaks.tabs')}
      now={now}
      tabs={open.map((name) => ({ name, title: t(`peaks.tab.${name}`), to: name === 'map' ? '/peaks' : `/peaks?tab=${name}` }))}
    />
  );
  switch (now) {
    case 'map':
      return <MapPart tabs={tabs} />;
    case 'calls':
      return <CallsPart tabs={tabs} />;
    case 'ends':
      return <EndsPart tabs={tabs} />;
    case 'specialists':
      return <SpecialistsPart tabs={tabs} />;
    case 'settings':
      return <SettingsPart tabs={tabs} />;
  }
}
