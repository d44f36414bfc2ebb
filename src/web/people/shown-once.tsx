import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../kit/table-copy.ts';

/** A link or token that nobody can show again. */
export function ShownOnce({ text, help }: { readonly text: string; readonly help: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  return (
    <div className="stack" role="status">
      <div className="once">
        <code>{text}</code>
        <Button type="primary" size="small" onClick={() => void copyText(text).then(setCopied)}>
          {t(copied ? 'member.copied' : 'member.copy')}
        </Button>
      </div>
      <small className="faint">{help}</small>
    </div>
  );
}
