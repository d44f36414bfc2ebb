import { useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderAction } from '../../model/work-order.ts';
import { actOnOrder } from '../api/calls.ts';
import type { OrderDetail } from '../api/types.ts';
import { AskReason } from '../kit/ask-reason.tsx';
import { ProblemView } from '../kit/problem-view.tsx';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';
import { useOnce } from '../kit/use-once.ts';

/** Steps that other people must understand later want a note. */
const WANTS_NOTE: readonly OrderAction[] = ['return', 'redispatch', 'reopen', 'finish', 'close'];
const OPTIONAL_NOTE: readonly OrderAction[] = ['finish', 'close'];
/** The step that moves the order forward is the one to press; others stand beside it. */
const FORWARD: readonly OrderAction[] = ['accept', 'start', 'finish', 'close'];

interface Step {
  readonly action: OrderAction;
  readonly note: string | null;
  readonly department: string | null;
}

export function OrderActions({ order }: { readonly order: OrderDetail }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState<OrderAction | null>(null);
  const act = useOnce({
    mutationFn: ({ action, note, department }: Step) => actOnOrder(order, action, note, department),
    onSuccess: () => setAsking(null),
    onSettled: () => cache.invalidateQueries({ queryKey: ['orders'] }),
  });
  if (order.actions.length === 0) return null;
  const forward = order.actions.find((a) => FORWARD.includes(a));
  const press = (action: OrderAction): void => {
    act.reset();
    if (WANTS_NOTE.includes(action)) setAsking(action);
    else act.mutate({ action, note: null, department: null });
  };
  return (
    <div className="stack">
      <div className="row">
        {order.actions.map((action) => (
          <Button
            key={action}
            type={action === forward ? 'primary' : 'default'}
            loading={act.isPending && act.variables.action === action}
            onClick={() => press(action)}
          >
            {t(`orders.action.${action}`)}
          </Button>
        ))}
      </div>
      {asking === null && act.error !== null ? <ProblemView error={act.error} /> : null}
      <StepSheet action={asking} busy={act.isPending} error={act.error} onStep={act.mutate} onClose={() => setAsking(null)} />
    </div>
  );
}

function StepSheet({
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
