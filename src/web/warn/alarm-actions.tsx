import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { acknowledgeAlarm, orderFromAlarm } from '../api/calls.ts';
import type { AlarmRow } from '../../model/alarm-views.ts';
import { AskReason } from '../kit/ask-reason.tsx';
import { useMay } from '../kit/me.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';

/** Acknowledge with a reason; a work order in one click. */
export function AlarmActions({ alarm }: { readonly alarm: AlarmRow }) {
  const { t } = useTranslation();
  const may = useMay();
  const make = useOrderFrom(alarm);
  return (
    <div className="stack">
      <div className="row">
        {alarm.state === 'firing' && may('alarms.acknowledge') ? <Acknowledge alarm={alarm} /> : null}
        {alarm.order !== null ? (
          <Link to={`/orders/${alarm.order.id}`}>{t('alarms.openOrder', { state: t(`states.order.${alarm.order.state}`) })}</Link>
        ) : may('orders.create') ? (
          <Button size="small" loading={make.isPending} onClick={() => make.mutate()}>
            {t('alarms.makeOrder')}
          </Button>
        ) : null}
      </div>
      {make.error === null ? null : <ProblemView error={make.error} />}
    </div>
  );
}

function useOrderFrom(alarm: AlarmRow) {
  const go = useNavigate();
  const cache = useQueryClient();
  return useOnce({
    mutationFn: () => orderFromAlarm(alarm.id),
    onSuccess: async ({ order }) => {
      await cache.invalidateQueries({ queryKey: ['orders'] });
      void cache.invalidateQueries({ queryKey: ['alarms'] });
      void go(`/orders/${order.id}`);
    },
  });
}

function Acknowledge({ alarm }: { readonly alarm: AlarmRow }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const acknowledge = useOnce({
    mutationFn: (reason: string) => acknowledgeAlarm(alarm, reason),
    onSuccess: () => setAsking(false),
    onSettled: () => cache.invalidateQueries({ queryKey: ['alarms'] }),
  });
  return (
    <>
      <Button
        size="small"
        type="primary"
        onClick={() => {
          acknowledge.reset();
          setAsking(true);
        }}
      >
        {t('alarms.acknowledge')}
      </Button>
      <AskReason
        open={asking}
        title={t('alarms.acknowledge')}
        help={t('alarms.acknowledgeHelp')}
        submit={t('alarms.acknowledge')}
        busy={acknowledge.isPending}
        error={acknowledge.error}
        onSubmit={acknowledge.mutate}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
