import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderAction } from '../../model/work-order.ts';
import { AskReason } from '../kit/ask-reason.tsx';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';

export interface Step {
  readonly action: OrderAction;
  readonly note: string | null;
  readonly department: string | null;
}

const OPTIONAL_NOTE: readonly OrderAction[] = ['finish', 'close'];

/** A step that other people must understand later: a note, and where it goes. Closing is confirmed by it, too. */
export function StepSheet({
  action,
  busy,
  error,
  onStep,
  onClose,
}: {
  readonly action: OrderAction | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onStep: (step: Step) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const labels = useLabels();
  const departments = (useVocabulary().data?.departments ?? []).map((d) => ({ value: d.code, label: labels.value('department', d.code) }));
  const [department, setDepartment] = useState<string | null>(null);
  const name = action === null ? '' : t(`orders.action.${action}`);
  return (
    <AskReason
      open={action !== null}
      title={name}
      {...(action === 'finish' ? { label: t('orders.result') } : {})}
      {...(action === 'close' ? { help: t('orders.closeSure') } : {})}
      submit={name}
      busy={busy}
      error={error}
      optional={action !== null && OPTIONAL_NOTE.includes(action)}
      onSubmit={(note) =>
        action !== null && onStep({ action, note: note === '' ? null : note, department: action === 'redispatch' ? department : null })
      }
      onClose={onClose}
    >
      {action === 'redispatch' ? (
        <Select
          aria-label={t('orders.department')}
          placeholder={t('orders.department')}
          value={department}
          options={departments}
          onChange={setDepartment}
        />
      ) : null}
    </AskReason>
  );
}
