import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderAction } from '../../model/work-order.ts';
import { actOnOrder } from '../api/calls.ts';
import type { OrderWithOutcome } from '../../model/order-views.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { StepSheet } from './step-sheet.tsx';
import type { Step } from './step-sheet.tsx';

/** Steps that other people must understand later want a note. */
const WANTS_NOTE: readonly OrderAction[] = ['return', 'redispatch', 'reopen', 'finish', 'close'];
/** The step that moves the order forward is the one to press; others stand beside it. */
const FORWARD: readonly OrderAction[] = ['accept', 'start', 'finish', 'close'];

interface Asking {
  readonly action: OrderAction;
  /** The order that the member saw when the sheet opened: a colleague's step meanwhile is told, not written over. */
  readonly seen: OrderWithOutcome | null;
}

export function OrderActions({ order }: { readonly order: OrderWithOutcome }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState<Asking | null>(null);
  const act = useOnce({
    mutationFn: ({ action, note, department }: Step) => actOnOrder(asking?.seen ?? order, action, note, department),
    onSuccess: () => setAsking(null),
    // What was written stays; sent again, it is a step on from what stands there now.
    onError: () => setAsking((old) => (old === null ? null : { ...old, seen: null })),
    onSettled: () => cache.invalidateQueries({ queryKey: ['orders'] }),
  });
  if (order.actions.length === 0 && asking === null) return null;
  const forward = order.actions.find((a) => FORWARD.includes(a));
  const press = (action: OrderAction): void => {
    act.reset();
    if (WANTS_NOTE.includes(action)) setAsking({ action, seen: order });
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
            // One step at a time: the next one is taken from the state that this one leads to.
            disabled={act.isPending && act.variables.action !== action}
            onClick={() => press(action)}
          >
            {t(`orders.action.${action}`)}
          </Button>
        ))}
      </div>
      {asking === null && act.error !== null ? <ProblemView error={act.error} /> : null}
      <StepSheet
        action={asking?.action ?? null}
        order={order}
        busy={act.isPending}
        error={act.error}
        onStep={act.mutate}
        onClose={() => setAsking(null)}
      />
    </div>
  );
}
