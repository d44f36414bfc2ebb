import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { replayJob } from '../api/calls.ts';
import type { DeadLetter } from '../../model/system-state.ts';
import { QUEUE_WORDS, wordOf } from '../i18n/people-words.ts';
import { Empty } from '../kit/empty.tsx';
import { useLocale } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { When } from '../kit/when.tsx';

/** Jobs that failed every retry: why, and once more. */
export function DeadJobs({ rows }: { readonly rows: readonly DeadLetter[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const replay = useOnce({ mutationFn: replayJob, onSettled: () => cache.invalidateQueries({ queryKey: ['system'] }) });
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
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map((job) => (
                <tr key={job.id}>
                  <td>
                    {wordOf(QUEUE_WORDS, job.queue, locale)} <span className="faint">{job.queue}</span>
                  </td>
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
