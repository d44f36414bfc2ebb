import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ask, exportAnswer } from '../api/calls.ts';
import { Answered } from '../kit/answered.tsx';
import { useDrawing } from '../kit/chart.tsx';
import { Empty } from '../kit/empty.tsx';
import { ExportButton } from '../kit/export-button.tsx';
import { FilterBar } from '../kit/filter-bar.tsx';
import { useLocale } from '../kit/locale.ts';
import { useMay } from '../kit/me.ts';
import { dayIn, noonOf } from '../kit/zone.ts';
import { Freshness, NothingFits } from './ask-parts.tsx';
import { AnswerPicture } from './answer-picture.tsx';
import { AnswerTable } from './answer-table.tsx';
import { useAnswerWords } from './answer-words.ts';
import { addressOfView, questionOf, viewIn } from './explorer-view.ts';
import type { ExplorerView } from './explorer-view.ts';
import { PainHead } from './pain-head.tsx';
import { QuestionBar } from './question-bar.tsx';

/** Asks the question in the address, again only when the address or the day changes. */
function useExplorer() {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => viewIn(params), [params]);
  const today = dayIn(new Date());
  const question = useMemo(() => questionOf(view, noonOf(today)), [view, today]);
  const query = useQuery({
    queryKey: ['ask', question],
    queryFn: () => ask(question),
    enabled: question.measures.length > 0,
    placeholderData: keepPreviousData,
  });
  const show = (next: ExplorerView): void => setParams(addressOfView(next));
  return { view, question, query, show };
}

/** Any measures by any dimensions. */
export function AskView() {
  const { t } = useTranslation();
  const locale = useLocale();
  const may = useMay();
  const { view, question, query, show } = useExplorer();
  const wordsOf = useAnswerWords();
  useDrawing();
  const answer = query.data;
  const words = answer === undefined || answer.rows.length === 0 ? t('nav.explorer') : wordsOf(answer, question, view.period);
  return (
    <div className="page">
      <PainHead
        words={words}
        under={answer === undefined ? undefined : <Freshness at={answer.as_of} open={view.compare !== null} period={view.period} />}
      >
        {may('numbers.export') ? <ExportButton run={() => exportAnswer(question, locale)} /> : null}
      </PainHead>
      <section className="stack">
        <QuestionBar view={view} onChange={show} />
        <FilterBar period={view.period} filters={view.filters} onChange={(period, filters) => show({ ...view, period, filters })} />
        {view.compare !== null && question.compare === undefined ? <p className="note">{t('explorer.needsPeriod')}</p> : null}
      </section>
      {view.measures.length === 0 ? (
        <div className="panel">
          <Empty why={t('explorer.noMeasure')} next={t('explorer.noMeasureNext')} />
        </div>
      ) : (
        <Answered query={query} rows={10}>
          {(shown) =>
            shown.rows.length === 0 ? (
              <div className="panel">
                <NothingFits state={view} onChange={show} />
              </div>
            ) : (
              <div style={{ opacity: query.isPlaceholderData ? 0.55 : 1 }} className="page">
                <AnswerPicture answer={shown} question={question} />
                <AnswerTable answer={shown} question={question} order={view.order} onOrder={(order) => show({ ...view, order })} />
              </div>
            )
          }
        </Answered>
      )}
    </div>
  );
}
