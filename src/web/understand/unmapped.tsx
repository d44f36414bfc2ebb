import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter, Question } from '../../model/question.ts';
import { Picture } from '../analyse/answer-picture.tsx';
import { HotWordTable } from '../analyse/hot-word-table.tsx';
import { ask, hotWords } from '../api/calls.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';

/** Where the map ends: the share of voices without a cause over time, and what those voices say. */
export function Unmapped({ where }: { readonly where: readonly Filter[] }) {
  const { t } = useTranslation();
  const question = useMemo(
    (): Question => ({
      measures: ['unmapped_share', 'unmapped', 'voices'],
      by: ['day'],
      where,
      order: [{ by: 'day' }],
      limit: 1000,
    }),
    [where],
  );
  const query = useQuery({ queryKey: ['ask', question], queryFn: () => ask(question), placeholderData: keepPreviousData });
  const unmapped = useMemo((): readonly Filter[] => [...where, { field: 'category', in: [null] }], [where]);
  const words = useQuery({
    queryKey: ['hot-words', unmapped, 'rest'],
    queryFn: () => hotWords(unmapped, 'rest'),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <section className="block">
        <h2>{t('knowledge.overTime')}</h2>
        <div className="panel pad">
          <Answered query={query} rows={6}>
            {(answer) =>
              answer.rows.length === 0 ? (
                <Empty why={t('explorer.empty')} next={t('explorer.emptyNext')} />
              ) : (
                <Picture answer={answer} question={question} measure="unmapped_share" height={220} />
              )
            }
          </Answered>
        </div>
      </section>
      <section className="block">
        <h2>{t('knowledge.theirWords')}</h2>
        <Answered query={words} rows={8}>
          {(hot) =>
            hot.words.length === 0 ? (
              <div className="panel">
                <Empty why={t('pain.noWords')} next={t('knowledge.noTheirWords')} />
              </div>
            ) : (
              <HotWordTable hot={hot} />
            )
          }
        </Answered>
      </section>
    </>
  );
}
