import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commentOnOrder } from '../api/calls.ts';
import type { OrderEvent } from '../../model/order-views.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { useOnce } from '../kit/use-once.ts';

const EVENTS = ['created', 'create', 'comment', 'accept', 'start', 'finish', 'return', 'redispatch', 'close', 'reopen'] as const;
const isEvent = (text: string): text is (typeof EVENTS)[number] => EVENTS.includes(text as (typeof EVENTS)[number]);

/** Newest first: what happened last is what people come for. */
export function OrderTimeline({ events }: { readonly events: readonly OrderEvent[] }) {
  const { t } = useTranslation();
  const labels = useLabels();
  return (
    <ol className="timeline">
      {[...events]
        .sort((a, b) => b.seq - a.seq)
        .map((event) => (
          <li key={event.seq}>
            <div className="row" style={{ gap: '2px 12px' }}>
              <strong>
                {isEvent(event.action) ? t(`orders.event.${event.action}`) : event.action}
                {event.action === 'redispatch' && event.department !== null ? ` → ${labels.value('department', event.department)}` : ''}
              </strong>
              <span>{event.member?.name ?? t('orders.system')}</span>
              <span className="faint">
                <When at={event.at} />
              </span>
              {event.to !== null && event.to !== event.from ? <span className="tag">{t(`states.order.${event.to}`)}</span> : null}
            </div>
            {event.note === null || event.note === '' ? null : <p className="said">{event.note}</p>}
          </li>
        ))}
    </ol>
  );
}

export function CommentBox({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [note, setNote] = useState('');
  const send = useOnce({
    mutationFn: () => commentOnOrder(id, note.trim()),
    onSuccess: () => {
      setNote('');
      return cache.invalidateQueries({ queryKey: ['orders', 'one', id] });
    },
  });
  return (
    <div className="stack">
      <Input.TextArea
        aria-label={t('orders.comment')}
        placeholder={t('orders.comment')}
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={note}
        onChange={(e) => setNote(e.target.value)}
      />
      <div>
        <Button disabled={note.trim() === ''} loading={send.isPending} onClick={() => send.mutate()}>
          {t('orders.send')}
        </Button>
      </div>
      {send.error === null ? null : <ProblemView error={send.error} />}
    </div>
  );
}
