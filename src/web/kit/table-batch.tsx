import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from './problem-view.tsx';

/** Something that can be done with several rows at once. */
export interface BatchAction<Row> {
  readonly name: string;
  readonly label: string;
  readonly run: (rows: readonly Row[]) => Promise<void>;
}

export function BatchBar<Row>({
  rows,
  actions,
  onClear,
}: {
  readonly rows: readonly Row[];
  readonly actions: readonly BatchAction<Row>[];
  readonly onClear: () => void;
}) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const run = async (action: BatchAction<Row>): Promise<void> => {
    setBusy(action.name);
    setError(null);
    try {
      await action.run(rows);
      onClear();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(null);
    }
  };
  return (
    <div className="batch-bar">
      <strong role="status">{t('table.marked', { count: rows.length })}</strong>
      {actions.map((action) => (
        <Button key={action.name} size="small" loading={busy === action.name} disabled={busy !== null} onClick={() => void run(action)}>
          {action.label}
        </Button>
      ))}
      <button type="button" className="tool" onClick={onClear}>
        {t('table.unmark')}
      </button>
      {error === null ? null : <ProblemView error={error} />}
    </div>
  );
}
