import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ADDRESSES } from '../../model/addresses.ts';
import type { OrderState } from '../../model/work-order.ts';
import { order } from '../api/calls.ts';
import type { OrderWithOutcome } from '../../model/order-views.ts';
import { Answered } from '../kit/answered.tsx';
import { useEntityName } from '../kit/entity-name.ts';
import { Evidence } from '../kit/evidence.tsx';
import { useLocale } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';
import { OrderStateMark, SeverityMark } from '../kit/states.tsx';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { OutcomeView } from '../verify/outcome-view.tsx';
import { CLOCK_MS } from './due.ts';
import { DueWords } from './due-words.tsx';
import { OrderActions } from './order-actions.tsx';
import { CommentBox, OrderTimeline } from './order-timeline.tsx';

export function OrderPage() {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['orders', 'one', id], queryFn: () => order(id), refetchInterval: CLOCK_MS });
  return (
    <Answered query={query} rows={10}>
      {(found) => <Opened order={found.order} />}
    </Answered>
  );
}

function Opened({ order: shown }: { readonly order: OrderWithOutcome }) {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead name={t('nav.orders')} words={shown.title} under={<code>{shown.id}</code>} help={{ doc: 'department' }}>
        <SeverityMark severity={shown.severity} />
        <OrderStateMark state={shown.state} />
      </PageHead>
      <section className="panel pad order-strip" aria-label={t('orders.where')}>
        <Progress state={shown.state} />
        <div className="row between">
          <DueWords order={shown} />
          <OrderActions key={shown.id} order={shown} />
        </div>
      </section>
      <div className="aside-right">
        <div className="stack wide">
          <section className="block">
            <h2>{t('orders.outcome')}</h2>
            <OutcomeView
              closed={shown.state === 'closed'}
              outcome={shown.outcome}
              words={shown.outcome_words}
              where={shown.outcome_where ?? null}
            />
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

const PATH: readonly OrderState[] = ['new', 'accepted', 'in-progress', 'done', 'closed'];

/** The way of an order; one that was returned stands again at its beginning and says so by its state. */
function Progress({ state }: { readonly state: OrderState }) {
  const { t } = useTranslation();
  const at = Math.max(0, PATH.indexOf(state));
  return (
    <ol className="steps">
      {PATH.map((one, i) => (
        <li
          key={one}
          className={i < at || state === 'closed' ? 'past' : i === at ? 'now' : ''}
          {...(i === at ? { 'aria-current': 'step' as const } : {})}
        >
          {t(`states.order.${state === 'returned' && i === 0 ? 'returned' : one}`)}
        </li>
      ))}
    </ol>
  );
}

function OrderFacts({ order: shown }: { readonly order: OrderWithOutcome }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const entityName = useEntityName();
  return (
    <aside className="panel pad" aria-label={t('orders.about')}>
      <dl className="facts">
        <dt>{t('orders.department')}</dt>
        <dd>{labels.value('department', shown.department)}</dd>
        <dt>{t('orders.unit')}</dt>
        <dd>{shown.unit.names[locale]}</dd>
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
        <dt>{t('orders.evidence')}</dt>
        <dd>
          <Evidence where={shown.where}>{t('orders.voices')}</Evidence>
        </dd>
        {shown.alarm === null ? null : (
          <>
            <dt>{t('nav.alarms')}</dt>
            <dd>
              <Link to={ADDRESSES.alarm(shown.alarm)}>{t('orders.alarm')}</Link>
            </dd>
          </>
        )}
      </dl>
    </aside>
  );
}
