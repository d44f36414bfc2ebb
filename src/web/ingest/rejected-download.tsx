import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rejectedFile } from '../api/calls.ts';
import type { BatchView } from '../../model/import-views.ts';
import { AskReason } from '../kit/ask-reason.tsx';
import { useLocale } from '../kit/locale.ts';
import { useMay, useMe } from '../kit/me.ts';
import { useOnce } from '../kit/use-once.ts';

/** The rejected rows as a file with their reasons: mend it and bring it in again under the same source. */
export function RejectedDownload({ batch }: { readonly batch: BatchView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const me = useMe().data;
  const [format, setFormat] = useState<'xlsx' | 'csv' | null>(null);
  const get = useOnce({
    mutationFn: (reason: string) => rejectedFile(batch.id, format ?? 'xlsx', reason, locale),
    onSuccess: () => setFormat(null),
  });
  if (!may('voices.reveal') && me?.member !== batch.member.id) return null;
  return (
    <>
      {(['xlsx', 'csv'] as const).map((one) => (
        <Button key={one} size="small" onClick={() => setFormat(one)}>
          {t('imports.download', { format: one })}
        </Button>
      ))}
      <AskReason
        open={format !== null}
        title={t('imports.downloadTitle')}
        help={t('imports.downloadHelp', { source: batch.source })}
        submit={t('imports.download', { format: format ?? 'xlsx' })}
        busy={get.isPending}
        error={get.error}
        onSubmit={get.mutate}
        onClose={() => {
          get.reset();
          setFormat(null);
        }}
      />
    </>
  );
}
