import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** Along the list that is open: one back, one on. */
export function Along({
  id,
  ids,
  onOpen,
}: {
  readonly id: string;
  readonly ids: readonly string[];
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const at = ids.indexOf(id);
  if (at < 0 || ids.length < 2) return null;
  const [before, after] = [ids[at - 1], ids[at + 1]];
  return (
    <span className="row">
      <span className="faint">{t('evidence.place', { at: at + 1, of: ids.length })}</span>
      <Button size="small" disabled={before === undefined} onClick={() => before !== undefined && onOpen(before)}>
        {t('evidence.previous')}
      </Button>
      <Button size="small" disabled={after === undefined} onClick={() => after !== undefined && onOpen(after)}>
        {t('evidence.next')}
      </Button>
    </span>
  );
}
