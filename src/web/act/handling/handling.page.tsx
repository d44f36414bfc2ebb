import { useTranslation } from 'react-i18next';
import { Tabs } from '../../kit/tabs.tsx';
import { useMay } from '../../kit/me.ts';
import { useParam } from '../../kit/url-state.ts';
import { ChainView } from './chain-view.tsx';
import { ChainsView } from './chains-view.tsx';
import { CostPart } from './cost-part.tsx';
import { MatrixView } from './matrix-view.tsx';
import { PressurePart } from './pressure-part.tsx';
import { StrategiesView } from './strategies-view.tsx';

const TABS = ['pressure', 'matrix', 'strategies', 'chains', 'cost', 'chain'] as const;

/** Who handles what how, what it costs, and who is pressed. */
export function HandlingPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [wanted] = useParam('tab');
  const open = TABS.filter((one) => (one !== 'cost' || may('numbers.read')) && (one !== 'chain' || may('voices.read')));
  const now = open.find((one) => one === wanted) ?? 'pressure';
  const tabs = (
    <Tabs
      label={t('handling.tabs')}
      now={now}
      tabs={open.map((name) => ({
        name,
        title: t(`handling.tab.${name}`),
        to: name === 'pressure' ? '/handling' : `/handling?tab=${name}`,
      }))}
    />
  );
  switch (now) {
    case 'pressure':
      return <PressurePart tabs={tabs} />;
    case 'matrix':
      return <MatrixView tabs={tabs} />;
    case 'strategies':
      return <StrategiesView tabs={tabs} />;
    case 'chains':
      return <ChainsView tabs={tabs} />;
    case 'cost':
      return <CostPart tabs={tabs} />;
    case 'chain':
      return <ChainView tabs={tabs} />;
  }
}
