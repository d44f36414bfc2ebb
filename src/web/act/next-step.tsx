import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderAction, OrderState } from '../../model/work-order.ts';
import { actOnOrder } from '../api/calls.ts';
import type { OrderRow } from '../../model/order-views.ts';
import { useMay, useMe } from '../kit/me.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { StepSheet } from './step-sheet.tsx';
import type { Step } from './step-sheet.tsx';

const NEXT: Readonly<Partial<Record<OrderState, OrderAction>>> = {
  new: 'accept',
  accepted: 'start',
  'in-progress': 'finish',
  done: 'close',
};

/** The one step that brings an order forward, where it stands in a list; what wants a word asks for it. */
export function NextStep({ order }: { readonly order: OrderRow }) {
  const { t } = useTranslation();
  const may = useMay();
  const me = useMe().data;
  const cache = useQueryClient();
  const [asking, setAsking] = useState<OrderAction | null>(null);
  const act = useOnce({
    mutationFn: ({ action, note, department }: Step) => actOnOrder(order, action, note, department),
    onSuccess: () => setAsking(null),
    onSettled: () => cache.invalidateQueries({ queryKey: ['orders'] }),
  });
  const action = NEXT[order.state];
  const ours = me !== undefined && (me.department === order.department || me.member === order.assignee?.id || me.unit.id === order.unit.id);
  if (action === undefined || !ours || !may(action === 'close' ? 'orders.close' : 'orders.work')) return null;
  const wantsNote = action === 'finish' || action === 'close';
  return (
    <span className="stack">
      <Button
        size="small"
        loading={act.isPending}
        onClick={() => {
          act.reset();
          if (wantsNote) setAsking(action);
          else act.mutate({ action, note: null, department: null });
        }}
      >
        {t(`orders.action.${action}`)}
      </Button>
      {asking === null && act.error !== null ? <ProblemView error={act.error} /> : null}
      <StepSheet action={asking} order={order} busy={act.isPending} error={act.error} onStep={act.mutate} onClose={() => setAsking(null)} />
    </span>
  );
}
