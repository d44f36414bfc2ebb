import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { importStep } from '../api/calls.ts';
import type { BatchView } from '../../model/import-views.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';

/** After it was stopped or failed: what is in stays in, and the rest can follow. */
export function ImportAgain({ batch }: { readonly batch: BatchView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const commit = useOnce({
    mutationFn: () => importStep(batch, 'commit'),
    onSettled: () => cache.invalidateQueries({ queryKey: ['imports'] }),
  });
  return (
    <section className="row">
      <Button type="primary" loading={commit.isPending} onClick={() => commit.mutate()}>
        {t('imports.again')}
      </Button>
      {commit.error === null ? null : <ProblemView error={commit.error} />}
    </section>
  );
}
