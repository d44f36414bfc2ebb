import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons.tsx';
import { ProblemView } from './problem-view.tsx';

/** Fetches a workbook; a refusal is shown where it was asked for, and so is what the workbook leaves out. */
export function ExportButton({ run, note }: { readonly run: () => Promise<void>; readonly note?: string | undefined }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // The state is drawn a moment after the click; the second half of a double click comes sooner.
  const running = useRef(false);
  const start = async (): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await run();
    } catch (refused) {
      setError(refused);
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return (
    <>
      <Button icon={<Icon name="download" />} loading={busy} onClick={() => void start()}>
        {t('common.export')}
      </Button>
      {note === undefined ? null : <span className="faint">{note}</span>}
      {error === null ? null : <ProblemView error={error} />}
    </>
  );
}
