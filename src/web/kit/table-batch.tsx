import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from './problem-view.tsx';

/** Something that can be done with several rows at once. */
export interface BatchAction<Row> {
  readonly name: string;
  readonly label: string;
  /** What came of it; null: the member thought better of it. */
  readonly run: (rows: readonly Row[]) => Promise<BatchResult | null>;
}

export interface BatchResult {
  /** In words; the table says them, since the bar is gone where all rows have left the list. */
  readonly said: string;
  /** Rows that it was not done with: they stay picked. */
  readonly left: number;
}

export function BatchBar<Row>({
  rows,
  actions,
  onSay,
  onClear,
}: {
  readonly rows: readonly Row[];
  readonly actions: readonly BatchAction<Row>[];
  readonly onSay: (text: string) => void;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const run = async (action: BatchAction<Row>): Promise<void> => {
    setBusy(action.name);
    setError(null);
    try {
      const result = await action.run(rows);
      if (result === null) return;
      onSay(result.said);
      if (result.left === 0) onClear();
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
