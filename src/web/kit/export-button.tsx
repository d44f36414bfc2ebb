import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons.tsx';
import { ProblemView } from './problem-view.tsx';

/** Fetches a workbook; a refusal is shown where it was asked for. */
export function ExportButton({ run }: { readonly run: () => Promise<void> }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const start = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await run();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button icon={<Icon name="download" />} loading={busy} onClick={() => void start()}>
        {t('common.export')}
      </Button>
      {error === null ? null : <ProblemView error={error} />}
    </>
  );
}
