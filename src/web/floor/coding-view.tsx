import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodingQueue } from '../../model/agreement.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';
import { CauseField } from './cause-field.tsx';
import { codeVoice, recordForm } from './floor-calls.ts';

/** One voice after the other, blind: read, choose a cause, and the next one stands there. */
export function CodingView({ queue }: { readonly queue: CodingQueue }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const cache = useQueryClient();
  const form = useQuery({ queryKey: ['record', 'form'], queryFn: recordForm });
  const field = useRef<HTMLInputElement>(null);
  const [task] = queue.tasks;
  const code = useOnce({
    mutationFn: codeVoice,
    onSuccess: (left) => {
      cache.setQueryData(['agreement', 'queue'], left);
      void cache.invalidateQueries({ queryKey: ['agreement', 'results'] });
    },
    onError: () => void cache.invalidateQueries({ queryKey: ['agreement', 'queue'] }),
  });
  useEffect(() => field.current?.focus(), [task?.voice]);
  if (task === undefined) return <Empty why={t('agreement.waitingNone')} next={t('agreement.waitingNext')} />;
  return (
    <section className="panel desk-form" aria-label={t('agreement.queue')}>
      <p className="faint">
        {t('agreement.blind')} {t('agreement.done', { count: queue.done })}
      </p>
      {code.error === null ? null : <ProblemView error={code.error} names={{ category: t('record.cause') }} />}
      <blockquote className="said-quote">
        {task.text}
        <br />
        <span className="faint">
          {labels.value('channel', task.channel)} · <When at={task.said_at} />
        </span>
      </blockquote>
      <Answered query={form} rows={1}>
        {({ causes }) => (
          <CauseField
            key={task.voice}
            choices={causes}
            chosen={null}
            likely={null}
            field={field}
            onChoose={(choice) =>
              choice === null ? undefined : code.mutate({ sample: task.sample, voice: task.voice, category: choice.code })
            }
          />
        )}
      </Answered>
    </section>
  );
}
