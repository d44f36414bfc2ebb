import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { order } from '../api/calls.ts';
import type { OrderDetail } from '../api/types.ts';
import { Answered } from '../kit/answered.tsx';
import { useEntityName } from '../kit/entity-name.ts';
import { voicesAddress } from '../kit/filters-url.ts';
import { PageHead } from '../kit/page-head.tsx';
import { OrderStateMark, SeverityMark } from '../kit/states.tsx';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { OutcomeView } from '../verify/outcome-view.tsx';
import { DueWords } from './due-words.tsx';
import { OrderActions } from './order-actions.tsx';
import { CommentBox, OrderTimeline } from './order-timeline.tsx';

export function OrderPage() {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['orders', 'one', id], queryFn: () => order(id) });
  return (
    <Answered query={query} rows={10}>
      {(found) => <Opened order={found.order} />}
    </Answered>
  );
}

function Opened({ order: shown }: { readonly order: OrderDetail }) {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead name={t('nav.orders')} words={shown.title} under={shown.id} />
      <div className="aside-right">
        <div className="stack wide">
          <OrderActions key={shown.version} order={shown} />
          <section className="block">
            <h2>{t('orders.outcome')}</h2>
            <OutcomeView outcome={shown.outcome} words={shown.outcome_words} where={shown.outcome_where ?? null} />
          </section>
          <section className="block">
            <h2>{t('orders.timeline')}</h2>
            <CommentBox id={shown.id} />
            <OrderTimeline events={shown.events} />
          </section>
        </div>
        <OrderFacts order={shown} />
      </div>
    </div>
  );
}

function OrderFacts({ order: shown }: { readonly order: OrderDetail }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const entityName = useEntityName();
  return (
    <aside className="panel pad" aria-label={t('orders.about')}>
      <dl className="facts">
        <dt>{t('orders.state')}</dt>
        <dd>
          <OrderStateMark state={shown.state} />
        </dd>
        <dt>{t('orders.severity')}</dt>
        <dd>
          <SeverityMark severity={shown.severity} />
        </dd>
        <dt>{t('orders.due')}</dt>
        <dd>
          <DueWords order={shown} />
        </dd>
        <dt>{t('orders.department')}</dt>
        <dd>{labels.value('department', shown.department)}</dd>
        <dt>{t('orders.assignee')}</dt>
        <dd>{shown.assignee?.name ?? '–'}</dd>
        {shown.entity === null ? null : (
          <>
            <dt>{t('orders.about')}</dt>
            <dd>{entityName(shown.entity)}</dd>
          </>
        )}
        {shown.category === null ? null : (
          <>
            <dt>{t('orders.category')}</dt>
            <dd>{labels.value('category', shown.category)}</dd>
          </>
        )}
        <dt>{t('orders.created')}</dt>
        <dd>
          <When at={shown.created_at} />
        </dd>
      </dl>
      <div className="row" style={{ marginTop: 16, gap: 16 }}>
        <Link to={voicesAddress(shown.where)}>{t('orders.voices')}</Link>
        {shown.alarm === null ? null : <Link to={`/alarms?alarm=${shown.alarm}`}>{t('orders.alarm')}</Link>}
      </div>
    </aside>
  );
}
