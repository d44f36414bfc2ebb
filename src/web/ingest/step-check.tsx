import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { importStep, setImport } from '../api/calls.ts';
import type { BatchView, ImportPreview, ImportMapping } from '../../model/import-views.ts';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { BatchSums } from './batch-sums.tsx';
import { mappingOf } from './mapping-draft.ts';
import { ProblemGroups } from './problem-groups.tsx';
import { WizardFoot } from './wizard-foot.tsx';

/** The dry run: what a commit would do, what is wrong, and one rule at a time that mends it for all rows. */
export function StepCheck({ batch, preview }: { readonly batch: BatchView; readonly preview: ImportPreview }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const go = useNavigate();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ['imports'] });
  const check = useOnce({
    mutationFn: async (mapping: ImportMapping | null) =>
      importStep(mapping === null ? batch : (await setImport(batch, { mapping })).batch, 'check'),
    onSettled,
  });
  const commit = useOnce({ mutationFn: () => importStep(batch, 'commit'), onSuccess: () => go('?'), onSettled });
  const checked = batch.state === 'checked';
  const error = check.error ?? commit.error;
  return (
    <>
      {checked ? (
        <>
          <BatchSums batch={batch} />
          <ProblemGroups batch={batch} mend={{ mapping: mappingOf(batch, preview), busy: check.isPending, onMend: check.mutate }} />
        </>
      ) : (
        <p className="note">{t('imports.notChecked')}</p>
      )}
      {error === null ? null : <ProblemView error={error} />}
      <WizardFoot batch={batch} back="map">
        <Button {...(checked ? {} : { type: 'primary' as const })} loading={check.isPending} onClick={() => check.mutate(null)}>
          {t(checked ? 'imports.checkAgain' : 'imports.check')}
        </Button>
        <Button
          {...(checked ? { type: 'primary' as const } : {})}
          loading={commit.isPending}
          disabled={checked && batch.accepted === 0}
          onClick={() => commit.mutate()}
        >
          {checked ? t('imports.commit', { rows: count(batch.accepted, locale) }) : t('imports.commitPlain')}
        </Button>
      </WizardFoot>
    </>
  );
}
