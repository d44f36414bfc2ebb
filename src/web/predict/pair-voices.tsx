import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { VoiceList } from '../kit/voice-list.tsx';
import { type ChosenMark, type ChosenPair, pairComplaints } from './pairs-api.ts';
import type { RatioPoint } from './ratio.chart.ts';

/** A dot with the number of its complaints; `mark` null: its voices were not kept. */
export type Counted = RatioPoint & { readonly complaints: number; readonly mark: ChosenMark | null };

/** The complaints behind a dot of a pair, which no filters can name: they were counted by the time since that customer's grievance. */
export function PairVoices({
  run,
  chosen,
  of,
  onClose,
}: {
  readonly run: number;
  readonly chosen: ChosenPair;
  readonly of: Counted | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const mark = of?.mark ?? null;
  const title = of === null || mark === null ? '' : t('month' in mark ? 'pairs.markMonth' : 'pairs.markLag', { at: of.label });
  return (
    <Drawer open={mark !== null} onClose={onClose} title={title} size={620} destroyOnHidden styles={{ wrapper: { maxWidth: '100vw' } }}>
      {of === null || mark === null ? null : (
        <VoiceList
          name={['pairs', run, chosen, mark]}
          ask={(cursor) => pairComplaints(run, chosen, mark, cursor)}
          words={(n) => t('pairs.markWords', { count: n as never, said: count(of.complaints, locale) })}
        />
      )}
    </Drawer>
  );
}
