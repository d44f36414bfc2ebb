import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { useVersionedDraft } from './versioned-draft.ts';

/** Somebody saved a version while this draft was being typed: take his, or go on with one's own over it. */
export function NewerVersion({
  form: { newer, takeNewer, keepMine },
}: {
  readonly form: Pick<ReturnType<typeof useVersionedDraft>, 'newer' | 'takeNewer' | 'keepMine'>;
}) {
  const { t } = useTranslation();
  if (newer === null) return null;
  return (
    <div className="note warn row" role="status">
      <span>{t('newerVersion.words', { version: newer })}</span>
      <Button size="small" onClick={takeNewer}>
        {t('newerVersion.take')}
      </Button>
      <Button size="small" onClick={keepMine}>
        {t('newerVersion.keep')}
      </Button>
    </div>
  );
}
