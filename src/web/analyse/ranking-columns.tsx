import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../i18n/index.ts';
import type { Answer, Question } from '../../model/question.ts';
import { voicesBefore, voicesBehind } from '../../model/voices-behind.ts';
import type { Column } from '../kit/data-table.tsx';
import { Followed } from '../kit/followed.tsx';
import { count, decimal, signedPercent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';
import type { Labels } from '../kit/vocabulary.ts';
import { numberAt } from './answer-shape.ts';
import type { AnswerRow } from './answer-shape.ts';
import { MeasureHelp } from './measure-help.tsx';
import { Opens, countsVoices } from './opens.tsx';
import { addressOfPain, drilled, isBeyondChance } from './pain-view.ts';
import type { PainState } from './pain-view.ts';

/** One pain point a row: how many, more or fewer, of what share, how many complaints, and per 10,000 subscribers where they are known. */
export function useRankColumns(answer: Answer | undefined, question: Question, state: PainState): readonly Column<AnswerRow>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const opens = useOpensWords();
  return useMemo(() => {
    const rows = answer?.rows ?? [];
    const most = Math.max(1, ...rows.map((row) => numberAt(row, 'voices') ?? 0));
    const total = rows.reduce((sum, row) => sum + (numberAt(row, 'voices') ?? 0), 0);
    const name = (row: AnswerRow): string => labels.value(state.rank, row[state.rank] ?? null, answer);
    const branchOf = branchWords(state, labels);
    const cell = (row: AnswerRow, measure: string, text: string): ReactNode => {
      const value = numberAt(row, measure);
      return value === null ? (
        '–'
      ) : (
        <Opens where={voicesBehind(question, row, measure)} value={countsVoices(measure) ? value : undefined} title={opens(measure)}>
          {text}
        </Opens>
      );
    };
    const number = (
      column: string,
      title: string,
      width: number,
      draw: (value: number) => string,
      more: Partial<Column<AnswerRow>> = {},
    ): Column<AnswerRow> => ({
      name: column,
      title,
      width,
      number: true,
      sort: 'here',
      help: <MeasureHelp name={column} />,
      show: (row) => cell(row, column, draw(numberAt(row, column) ?? 0)),
      text: (row) => numberAt(row, column),
      ...more,
    });
    const share = (value: number): string => `${decimal(100 * value, 1, locale)}%`;
    const compared = question.compare !== undefined && answer?.previous !== undefined;
    return [
      {
        name: 'name',
        title: labels.dimension(state.rank),
        width: 190,
        grow: true,
        card: 'title',
        sort: 'here',
        show: (row) => (
          <Followed to={`?${addressOfPain(drilled(state, asCode(row[state.rank]))).toString()}`}>
            <span className="faint">{branchOf(row[state.rank])}</span>
            {name(row)}
          </Followed>
        ),
        text: (row) => branchOf(row[state.rank]) + name(row),
      },
      {
        ...number('voices', labels.measure('voices'), 150, (value) => count(value, locale)),
        show: (row) => (
          <span className="bar-cell">
            <i style={{ width: `${(100 * (numberAt(row, 'voices') ?? 0)) / most}%` }} aria-hidden="true" />
            {cell(row, 'voices', count(numberAt(row, 'voices') ?? 0, locale))}
          </span>
        ),
      },
      ...(compared
        ? [
            {
              ...number('voices_previous', t('pain.before'), 94, (value) => count(value, locale), { card: 'none' }),
              show: (row: AnswerRow) => (
                <Before {...{ answer, question, row }} text={count(numberAt(row, 'voices_previous') ?? 0, locale)} />
              ),
            },
            {
              ...number('voices_change', t('pain.change'), 100, (value) => signedPercent(value, locale), { format: 'share' }),
              show: (row: AnswerRow) => changeOf(row, t, locale),
            },
          ]
        : []),
      number('share', t('pain.shareOf', { total: count(total, locale) }), 124, share, { format: 'share', card: 'none' }),
      number('complaints', labels.measure('complaints'), 124, (value) => count(value, locale)),
      number('complaint_share', labels.measure('complaint_share'), 118, share, { format: 'share' }),
      number('customers', labels.measure('customers'), 120, (value) => count(value, locale), { card: 'none' }),
      number('per_10k_subscribers', labels.measure('per_10k_subscribers'), 132, (value) => decimal(value, 2, locale), {
        format: 'decimal',
        card: 'none',
      }),
    ];
  }, [answer, question, state, t, locale, labels, opens]);
}

/** 收费 alone says little: its branch stands before it, unless that is chosen already. */
export function branchWords(state: PainState, labels: Labels): (code: AnswerRow[string] | undefined) => string {
  const fine = state.rank === 'category_2' || state.rank === 'category';
  const chosen = state.filters.some((f) => 'in' in f && f.field.startsWith('category'));
  return (code) => (fine && !chosen && typeof code === 'string' ? `${labels.value('category_1', code.split('/')[0] ?? '')} › ` : '');
}

const asCode = (value: string | number | null | undefined): string | null => (value === null || value === undefined ? null : String(value));

/** What opens behind a figure that is no number of voices. */
function useOpensWords(): (measure: string) => string | undefined {
  const locale = useLocale();
  const measures = useVocabulary().data?.measures;
  return useMemo(() => (name) => measures?.find((m) => m.name === name)?.opens?.[locale], [measures, locale]);
}

function Before({
  answer,
  question,
  row,
  text,
}: {
  readonly answer: Answer;
  readonly question: Question;
  readonly row: AnswerRow;
  readonly text: string;
}) {
  const where = answer.previous === undefined ? null : voicesBefore(question, answer.previous, row, 'voices');
  return where === null ? (
    text
  ) : (
    <Opens where={where} value={numberAt(row, 'voices_previous') ?? 0}>
      {text}
    </Opens>
  );
}

/** Bold only what is more than counting does by itself; the rest says so to who asks. */
function changeOf(row: AnswerRow, t: TFunction, locale: Locale): ReactNode {
  const [value, previous, change] = [numberAt(row, 'voices') ?? 0, numberAt(row, 'voices_previous') ?? 0, numberAt(row, 'voices_change')];
  if (change === null) return value > 0 ? <span className="tag">{t('pain.isNew')}</span> : '–';
  const real = isBeyondChance(value, previous);
  return (
    <span className={real ? 'moved real' : 'moved'} title={t(real ? 'pain.real' : 'pain.chance')}>
      {signedPercent(change, locale)}
      <i aria-hidden="true">{real ? (change > 0 ? '↑' : '↓') : ''}</i>
    </span>
  );
}
