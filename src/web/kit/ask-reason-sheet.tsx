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
  /** Whether what else the step wants is there. */
  readonly ready?: boolean;
  readonly children?: ReactNode;
  readonly onSubmit: (reason: string) => void;
  readonly onClose: () => void;
  /** What else was written is forgotten, as the reason is. */
  readonly afterClose?: () => void;
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
  ready = true,
  children,
  onSubmit,
  onClose,
  afterClose,
}: AskReason) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [missed, setMissed] = useState(false);
  const id = useId();
  const send = (): void => {
    if (busy || !ready) return;
    if (!optional && reason.trim() === '') setMissed(true);
    else onSubmit(reason.trim());
  };
  const forget = (): void => {
    setReason('');
    setMissed(false);
    afterClose?.();
  };
  const footer = [
    <Button key="no" onClick={onClose}>
      {t('common.cancel')}
    </Button>,
    <Button key="yes" type="primary" loading={busy} disabled={!ready} onClick={send}>
      {submit}
    </Button>,
  ];
  return (
    <Modal open={open} title={title} onCancel={onClose} footer={footer} destroyOnHidden afterClose={forget}>
      <div className="stack wide">
        {help === undefined ? null : <p className="quiet">{help}</p>}
        {children}
        <div className="field">
          <label htmlFor={id}>
            {label ?? t('common.reason')}
            {optional ? <span className="faint"> {t('common.optional')}</span> : null}
          </label>
          <Input.TextArea
            id={id}
            rows={3}
            value={reason}
            {...(missed && reason.trim() === '' ? { status: 'error' as const } : {})}
            onChange={(e) => setReason(e.target.value)}
            onKeyDown={(e) => {
              if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey) || e.nativeEvent.isComposing) return;
              e.preventDefault();
              send();
            }}
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
