import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { undoImport } from '../api/calls.ts';
import type { BatchView } from '../../model/import-views.ts';
import { AskReason } from '../kit/ask-reason.tsx';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useOnce } from '../kit/use-once.ts';

/** Takes the whole import back. Where work rests on it, the dialogue lists every order, alarm and outcome that does. */
export function UndoKey({ batch }: { readonly batch: BatchView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const undo = useOnce({
    mutationFn: (reason: string) => undoImport(batch, reason),
    onSuccess: () => setAsking(false),
    onSettled: () => cache.invalidateQueries({ queryKey: ['imports'] }),
  });
  if ((batch.state !== 'done' && batch.state !== 'cancelled' && batch.state !== 'failed') || batch.accepted === 0) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('imports.undo')}</Button>
      <AskReason
        open={asking}
        title={t('imports.undo')}
        help={t(batch.as === 'voices' ? 'imports.undoVoices' : 'imports.undoCustomers', { rows: count(batch.accepted, locale) })}
        submit={t('imports.undo')}
        busy={undo.isPending}
        error={undo.error}
        onSubmit={undo.mutate}
        onClose={() => {
          undo.reset();
          setAsking(false);
        }}
      />
    </>
  );
}
