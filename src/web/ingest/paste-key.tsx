import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';

/** Rows copied in a spreadsheet come as text with tabs: that is a file like any other. */
export function PasteKey({ onPaste }: { readonly onPaste: (file: File) => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  const take = (): void => {
    onPaste(new File([text], `${t('imports.pasted')}.tsv`, { type: 'text/tab-separated-values' }));
    setOpen(false);
    setText('');
  };
  const footer = [
    <Button key="no" onClick={() => setOpen(false)}>
      {t('common.cancel')}
    </Button>,
    <Button key="yes" type="primary" disabled={lines < 2} onClick={take}>
      {t('imports.pasteTake')}
    </Button>,
  ];
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('imports.paste')}</Button>
      <Modal open={open} title={t('imports.paste')} onCancel={() => setOpen(false)} footer={footer} destroyOnHidden>
        <div className="stack wide">
          <p className="quiet">{t('imports.pasteHelp')}</p>
          <Input.TextArea aria-label={t('imports.paste')} rows={10} value={text} onChange={(e) => setText(e.target.value)} />
          <span className="faint">{t('imports.pasteRows', { rows: count(Math.max(0, lines - 1), locale) })}</span>
        </div>
      </Modal>
    </>
  );
}
