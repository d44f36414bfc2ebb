import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../model/question.ts';
import { ask } from '../api/calls.ts';
import { DataTable } from '../kit/data-table.tsx';
import { filterText } from '../kit/filter-bar.tsx';
import { count, percent, signedPercent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { numberAt } from './answer-shape.ts';
import type { AnswerRow } from './answer-shape.ts';
import { CompareSelect } from './compare-select.tsx';
import { Freshness, NothingFits } from './ask-parts.tsx';
import { PainFilters } from './pain-filters.tsx';
import { PainHead } from './pain-head.tsx';
import { MOST_DRAWN, RANKS, isBeyondChance, rankQuestion } from './pain-view.ts';
import type { PainState } from './pain-view.ts';
import { branchWords, useRankColumns } from './ranking-columns.tsx';
import { usePain } from './use-pain.ts';

/** The pain points of the voices looked at, the largest first; a name leads one step deeper, a figure to its voices. */
export function Ranking() {
  const { t } = useTranslation();
  const labels = useLabels();
  const locale = useLocale();
  const { state, now, show } = usePain();
  const question = useMemo(() => rankQuestion(state, now), [state, now]);
  const query = useQuery({ queryKey: ['ask', question], queryFn: () => ask(question), placeholderData: keepPreviousData });
  // While the next ranking is on its way the last one stays in sight, unless it lists something else: its names would be wrong.
  const answer = query.data?.columns[0]?.name === state.rank ? query.data : undefined;
  const words = useRankWords(answer, state);
  const columns = useRankColumns(answer, question, state);
  const listed = useMemo(() => (answer === undefined ? undefined : { rows: answer.rows, count: answer.total_rows }), [answer]);
  const { error, isPlaceholderData, refetch } = query;
  const key = useCallback((row: AnswerRow): string => String(row[state.rank] ?? ''), [state.rank]);
  const filters = useMemo(
    () => (
      <PainFilters state={state} onChange={show}>
        <RankSelect state={state} onChange={show} />
        <CompareSelect value={state.compare} onChange={(compare) => show({ ...state, compare })} />
      </PainFilters>
    ),
    [state, show],
  );
  return (
    <div className="page">
      <PainHead
        words={words}
        under={
          answer === undefined ? undefined : <Freshness at={answer.as_of} open={question.compare !== undefined} period={state.period} />
        }
      />
      {filters}
      {state.compare !== null && question.compare === undefined ? <p className="note">{t('explorer.needsPeriod')}</p> : null}
      <DataTable
        name={`rank-${state.rank.replaceAll('_', '-')}`}
        title={t('pain.rankTitle', { by: labels.dimension(state.rank) })}
        columns={columns}
        keyOf={key}
        query={{ data: listed, error, isPlaceholderData, refetch }}
        more={async () => {
          const { rows, total_rows } = await ask(question);
          return { rows, count: total_rows };
        }}
        most={MOST_DRAWN}
        filters={question.where.map((filter) => filterText(filter, labels, t))}
        empty={<NothingFits state={state} onChange={show} />}
      />
      {answer !== undefined && answer.total_rows > MOST_DRAWN ? (
        <p className="faint">{t('explorer.rowsOf', { shown: MOST_DRAWN, total: count(answer.total_rows, locale) })}</p>
      ) : null}
    </div>
  );
}

function RankSelect({ state, onChange }: { readonly state: PainState; readonly onChange: (state: PainState) => void }) {
  const { t } = useTranslation();
  const labels = useLabels();
  return (
    <div className="field">
      <span className="label">{t('pain.rankBy')}</span>
      <Select
        aria-label={t('pain.rankBy')}
        value={state.rank}
        style={{ width: 148 }}
        options={RANKS.map((value) => ({ value, label: labels.dimension(value) }))}
        onChange={(rank: string) => onChange({ ...state, rank })}
      />
    </div>
  );
}

/** The largest, and what moved most beyond chance. */
function useRankWords(answer: Answer | undefined, state: PainState): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  if (answer === undefined || answer.rows.length === 0) return t('nav.explorer');
  const branchOf = branchWords(state, labels);
  const named = (row: AnswerRow): string =>
    branchOf(row[state.rank]).replace(' › ', locale === 'zh' ? '·' : ': ') + labels.value(state.rank, row[state.rank] ?? null, answer);
  const known = answer.rows.filter((row) => row[state.rank] !== null);
  const top = known.toSorted((a, b) => (numberAt(b, 'voices') ?? 0) - (numberAt(a, 'voices') ?? 0))[0];
  const total = answer.rows.reduce((sum, row) => sum + (numberAt(row, 'voices') ?? 0), 0);
  const lead = state.period === 'custom' ? '' : t('pain.lead', { period: t(`period.${state.period}`) });
  const parts = [t('pain.total', { value: count(total, locale) })];
  if (top !== undefined)
    parts.push(
      t('pain.top', {
        name: named(top),
        value: count(numberAt(top, 'voices') ?? 0, locale),
        share: percent(numberAt(top, 'share') ?? 0, locale),
      }),
    );
  const moved = known
    .filter((row) => isBeyondChance(numberAt(row, 'voices') ?? 0, numberAt(row, 'voices_previous') ?? 0))
    .toSorted((a, b) => strength(b) - strength(a))[0];
  if (moved !== undefined && answer.previous !== undefined) {
    const change = numberAt(moved, 'voices_change');
    parts.push(
      change === null
        ? t('pain.new', { name: named(moved) })
        : t('pain.moved', { name: named(moved), change: signedPercent(change, locale) }),
    );
  }
  return lead + parts.join(t('explorer.separator'));
}

function strength(row: AnswerRow): number {
  const [value, previous] = [numberAt(row, 'voices') ?? 0, numberAt(row, 'voices_previous') ?? 0];
  return value + previous === 0 ? 0 : Math.abs(value - previous) / Math.sqrt(value + previous);
}
