import { Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from './problem-view.tsx';

export interface AskReason {
  readonly open: boolean;
  readonly title: string;
  readonly help?: string;
  /** What is asked for, where it is not a reason. */
  readonly label?: string;
  readonly submit: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly optional?: boolean;
  readonly children?: ReactNode;
  readonly onSubmit: (reason: string) => void;
  readonly onClose: () => void;
}

/** A step that wants a reason: it is written into the timeline or the audit. */
export function AskReasonSheet({
  open,
  title,
  help,
  label,
  submit,
  busy,
  error,
  optional = false,
  children,
  onSubmit,
  onClose,
}: AskReason) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [missed, setMissed] = useState(false);
  const id = useId();
  const send = (): void => {
    if (!optional && reason.trim() === '') setMissed(true);
    else onSubmit(reason.trim());
  };
  const afterClose = (): void => {
    setReason('');
    setMissed(false);
  };
  const footer = [
    <Button key="no" onClick={onClose}>
      {t('common.cancel')}
    </Button>,
    <Button key="yes" type="primary" loading={busy} onClick={send}>
      {submit}
    </Button>,
  ];
  return (
    <Modal open={open} title={title} onCancel={onClose} footer={footer} destroyOnHidden afterClose={afterClose}>
      <div className="stack wide">
        {help === undefined ? null : <p className="quiet">{help}</p>}
        {children}
        <div className="field">
          <label htmlFor={id}>{label ?? t('common.reason')}</label>
          <Input.TextArea
            id={id}
            rows={3}
            value={reason}
            {...(missed && reason.trim() === '' ? { status: 'error' as const } : {})}
            onChange={(e) => setReason(e.target.value)}
          />
          {missed && reason.trim() === '' ? (
            <small role="alert" style={{ color: 'var(--alert)' }}>
              {t('common.reasonNeeded')}
            </small>
          ) : null}
        </div>
        {error === null || error === undefined ? null : <ProblemView error={error} />}
      </div>
    </Modal>
  );
}
