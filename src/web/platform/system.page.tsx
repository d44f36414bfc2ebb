import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { jobs, replayJob, version } from '../api/calls.ts';
import type { DeadJob, JobsState } from '../api/types.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { PageHead } from '../kit/page-head.tsx';
import { ProblemView } from '../kit/problem-view.tsx';
import { When } from '../kit/when.tsx';
import { useOnce } from '../kit/use-once.ts';

export function SystemPage() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['jobs'], queryFn: jobs, refetchInterval: 10_000 });
  const about = useQuery({ queryKey: ['version'], queryFn: version, staleTime: Infinity });
  const ready = query.data?.health.ready;
  return (
    <div className="page">
      <PageHead name={t('nav.system')} words={ready === undefined ? t('nav.system') : t(ready ? 'system.ready' : 'system.notReady')} />
      <Answered query={query}>
        {(state) => (
          <>
            <div className="columns-2">
              <Health state={state} about={about.data ?? {}} />
              <Queues depth={state.depth} />
            </div>
            <Dead rows={state.dead} />
          </>
        )}
      </Answered>
    </div>
  );
}

const CHECKS = ['postgres', 'warehouse', 'queue'] as const;

function Health({ state, about }: { readonly state: JobsState; readonly about: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation();
  return (
    <section className="block">
      <h2>{t('system.health')}</h2>
      <div className="panel pad">
        <dl className="facts">
          {CHECKS.map((name) => {
            const check = state.health.checks[name];
            return check === undefined ? null : (
              <div key={name} style={{ display: 'contents' }}>
                <dt>{t(`system.check.${name}`)}</dt>
                <dd>
                  <span className={`state ${check.ok ? 'full' : 'needs full'}`}>{t(check.ok ? 'system.ok' : 'system.broken')}</span>{' '}
                  <span className="faint">{check.detail}</span>
                </dd>
              </div>
            );
          })}
          {Object.entries(about).map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name === 'version' ? t('system.version') : name}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

function Queues({ depth }: { readonly depth: Readonly<Record<string, number>> }) {
  const { t } = useTranslation();
  const rows = Object.entries(depth);
  return (
    <section className="block">
      <h2>{t('system.queues')}</h2>
      <div className="panel">
        {rows.length === 0 ? (
          <p className="pad quiet">{t('system.queuesEmpty')}</p>
        ) : (
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('system.queue')}</th>
                <th scope="col" className="number">
                  {t('system.waiting')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, waiting]) => (
                <tr key={name}>
                  <td>{name}</td>
                  <td className="number">{waiting}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}

function Dead({ rows }: { readonly rows: readonly DeadJob[] }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const replay = useOnce({ mutationFn: replayJob, onSettled: () => cache.invalidateQueries({ queryKey: ['jobs'] }) });
  return (
    <section className="block">
      <h2>{t('system.dead')}</h2>
      {replay.error === null ? null : <ProblemView error={replay.error} />}
      <div className="panel scroller">
        {rows.length === 0 ? (
          <Empty why={t('system.deadEmpty')} next={t('system.deadEmptyNext')} />
        ) : (
          <table className="table cards">
            <thead>
              <tr>
                <th scope="col">{t('system.queue')}</th>
                <th scope="col">{t('system.failed')}</th>
                <th scope="col" className="number">
                  {t('system.attempts')}
                </th>
                <th scope="col">{t('system.error')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {rows.map((job) => (
                <tr key={job.id}>
                  <td>{job.queue}</td>
                  <td data-label={t('system.failed')}>
                    <When at={job.failedAt} />
                  </td>
                  <td className="number" data-label={t('system.attempts')}>
                    {job.attempts}
                  </td>
                  <td>
                    <span className="clamp faint">{job.error}</span>
                  </td>
                  <td>
                    <Button size="small" loading={replay.isPending && replay.variables === job.id} onClick={() => replay.mutate(job.id)}>
                      {t('system.replay')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}
