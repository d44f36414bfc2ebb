import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { importStep, setImport } from '../api/calls.ts';
import type { BatchView, ImportPreview, ImportMapping } from '../../model/import-views.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { Constants } from './constants.tsx';
import { DatesRead } from './dates-read.tsx';
import { mappingOf } from './mapping-draft.ts';
import { MappingTable } from './mapping-table.tsx';
import { WizardFoot } from './wizard-foot.tsx';

/** What each column is, and what holds for every row that has no such column; leads to the dry run. */
export function StepMap({ batch, preview }: { readonly batch: BatchView; readonly preview: ImportPreview }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const cache = useQueryClient();
  const [mapping, setMapping] = useState<ImportMapping>(() => mappingOf(batch, preview));
  const check = useOnce({
    mutationFn: async () => importStep((await setImport(batch, { mapping })).batch, 'check'),
    onSuccess: () => go('?step=check'),
    onSettled: () => cache.invalidateQueries({ queryKey: ['imports'] }),
  });
  const remembered = batch.options.mapping !== undefined && batch.state === 'draft';
  return (
    <>
      {remembered ? <p className="note">{t('imports.rememberedNote', { source: batch.source })}</p> : null}
      <MappingTable batch={batch} preview={preview} mapping={mapping} onChange={setMapping} />
      <Constants batch={batch} mapping={mapping} onChange={setMapping} />
      <DatesRead preview={preview} mapping={mapping} onChange={setMapping} />
      {check.error === null ? null : <ProblemView error={check.error} />}
      <WizardFoot batch={batch} back="read">
        <Button type="primary" loading={check.isPending} onClick={() => check.mutate()}>
          {t('imports.check')}
        </Button>
      </WizardFoot>
    </>
  );
}
