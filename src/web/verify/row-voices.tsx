import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ExperimentDetail } from '../../model/experiment.ts';
import { useLocale } from '../kit/locale.ts';
import { useVocabulary } from '../kit/vocabulary.ts';
import { OneArm } from './arm-voices.tsx';
import { type ForestRow, stratumName } from './forest-rows.ts';

/** The voices that a row's metric counts; null: it counts none, or the experiment came as a table. */
export function kindOf(row: Pick<ForestRow, 'metric'>, experiment: ExperimentDetail): 'complaint' | 'grievance' | null {
  const source = experiment.metrics.find(({ name }) => name.trim() === row.metric)?.source;
  if (experiment.origin !== 'assigned' || experiment.started_at === null) return null;
  if (source === 'grievances') return 'grievance';
  return source === 'complaint' || source === 'complaints' ? 'complaint' : null;
}

/** The voices of both arms behind a row of the forest. */
export function RowVoices({
  row,
  experiment,
  onClose,
}: {
  readonly row: ForestRow | null;
  readonly experiment: ExperimentDetail;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useVocabulary().data;
  const kind = row === null ? null : kindOf(row, experiment);
  const title =
    row === null ? '' : `${row.metric} · ${row.stratum === null ? t('experiments.all') : stratumName(row.stratum, words, locale)}`;
  return (
    <Drawer open={row !== null} onClose={onClose} title={title} size={620} destroyOnHidden styles={{ wrapper: { maxWidth: '100vw' } }}>
      {row === null || kind === null
        ? null
        : [row.arm, row.against].map((name) => (
            <OneArm
              key={name}
              id={experiment.id}
              arm={experiment.arms.findIndex((arm) => arm.name === name)}
              name={name}
              kind={kind}
              stratum={row.stratum}
            />
          ))}
    </Drawer>
  );
}
