import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderRow } from '../../model/order-views.ts';
import type { OrderAction, OrderState } from '../../model/work-order.ts';
import { AskReason } from '../kit/ask-reason.tsx';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';

export interface Step {
  readonly action: OrderAction;
  readonly note: string | null;
  readonly department: string | null;
}

/** Whoever closes what nobody did says why. */
const mayBeSilent = (action: OrderAction | null, state: OrderState): boolean =>
  action === 'finish' || (action === 'close' && state !== 'returned');

/** A step that other people must understand later: a note, and where it goes. Closing is confirmed by it, too. */
export function StepSheet({
  action,
  order,
  busy,
  error,
  onStep,
  onClose,
}: {
  readonly action: OrderAction | null;
  readonly order: Pick<OrderRow, 'department' | 'state'>;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onStep: (step: Step) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const labels = useLabels();
  const departments = (useVocabulary().data?.departments ?? [])
    .filter(({ code }) => code !== order.department)
    .map(({ code }) => ({ value: code, label: labels.value('department', code) }));
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
      optional={mayBeSilent(action, order.state)}
      ready={action !== 'redispatch' || department !== null}
      onSubmit={(note) =>
        action !== null && onStep({ action, note: note === '' ? null : note, department: action === 'redispatch' ? department : null })
      }
      onClose={onClose}
      afterClose={() => setDepartment(null)}
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
