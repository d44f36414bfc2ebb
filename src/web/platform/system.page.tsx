import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Answered } from '../kit/answered.tsx';
import { useLocale } from '../kit/locale.ts';
import { PageHead } from '../kit/page-head.tsx';
import { DeadJobs } from './dead-jobs.tsx';
import { bytes } from './bytes.ts';
import { MachinePart, MailPart, PostgresPart, QueuePart, ReaderPart, WarehousePart } from './parts.tsx';
import { systemState } from './system-api.ts';
import type { SystemState } from '../../model/system-state.ts';
import { Ticks } from './ticks.tsx';
import { todosOf } from './todo.ts';
import type { Todo } from './todo.ts';
import './platform.css';

/** The state of the machine: in words what runs and what to do, then part by part. */
export function SystemPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const query = useQuery({ queryKey: ['system'], queryFn: systemState, refetchInterval: 10_000 });
  const todos = query.data === undefined ? [] : todosOf(query.data, (size) => bytes(size, locale));
  return (
    <div className="page">
      <PageHead
        name={t('nav.system')}
        help={{ doc: 'operator' }}
        words={<Words state={query.data} todos={todos} />}
        {...(todos.length === 0 && query.data !== undefined ? { under: t('system.readyUnder') } : {})}
      >
        <Link to="/api-docs">{t('account.docs')}</Link>
      </PageHead>
      <Todos rows={todos} />
      <Answered query={query}>
        {(state) => (
          <>
            <div className="parts">
              <PostgresPart state={state} />
              <WarehousePart state={state} />
              <QueuePart state={state} />
              <MachinePart state={state} />
              <MailPart state={state} />
              <ReaderPart state={state} />
            </div>
            <Ticks rows={state.ticks} />
            <DeadJobs rows={state.queue?.dead ?? []} />
          </>
        )}
      </Answered>
    </div>
  );
}

function Words({ state, todos }: { readonly state: SystemState | undefined; readonly todos: readonly Todo[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (state === undefined) return t('nav.system');
  const broken = todos.filter((todo) => todo.urgent);
  if (broken.length > 0) {
    const names = broken.map((todo) => t(`system.check.${todo.what as 'disk'}`)).join(locale === 'zh' ? '、' : ', ');
    return t('system.notReady', { count: broken.length, names });
  }
  return todos.length === 0 ? t('system.ready') : t('system.attention', { count: todos.length });
}

function Todos({ rows }: { readonly rows: readonly Todo[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <ul className="spaced-list">
      {rows.map((todo) => (
        <li key={todo.what} className={`note ${todo.urgent ? 'alert' : 'warn'}`}>
          {t(`system.todo.${todo.what}`, todo.values)}
        </li>
      ))}
    </ul>
  );
}
