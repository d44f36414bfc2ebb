import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { voicesBefore, voicesBehind } from '../../model/voices-behind.ts';
import type { Answer, AnswerColumn, Question } from '../../model/question.ts';
import { count, figure } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';
import { nextOrder } from './explorer-view.ts';
import type { ExplorerView } from './explorer-view.ts';
import type { AnswerRow } from './answer-shape.ts';
import { MeasureHelp } from './measure-help.tsx';
import { Opens, countsVoices } from './opens.tsx';

type Order = ExplorerView['order'];

/** The answer as rows: first column frozen, units in the header, every figure of this period opens its voices. */
export function AnswerTable({
  answer,
  question,
  order,
  onOrder,
}: {
  readonly answer: Answer;
  readonly question: Question;
  readonly order?: Order;
  readonly onOrder?: (order: Order) => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <section className="panel">
      <div className="scroller">
        <table className="table numbers">
          <thead>
            <tr>
              {answer.columns.map((column) => (
                <Head
                  key={column.name}
                  column={column}
                  order={order ?? question.order?.[0] ?? null}
                  {...(onOrder === undefined ? {} : { onOrder })}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.rows.map((row, i) => (
              <tr key={i}>
                {answer.columns.map((column) => (
                  <Cell key={column.name} answer={answer} column={column} row={row} question={question} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="pager">
        <span className="faint">
          {t('explorer.rowsOf', { shown: count(answer.rows.length, locale), total: count(answer.total_rows, locale) })}
        </span>
      </div>
    </section>
  );
}

type OrderNow = { readonly by: string; readonly descending?: boolean } | null;

export function useColumnName(): (column: AnswerColumn) => string {
  const { t } = useTranslation();
  const labels = useLabels();
  return (column) => {
    const before = /^(.*)_(previous|change)$/.exec(column.name);
    if (column.kind === 'dimension') return labels.dimension(column.name);
    if (before === null) return labels.measure(column.name);
    const measure = labels.measure(before[1] ?? '');
    return before[2] === 'previous' ? t('explorer.previous', { measure }) : t('explorer.change', { measure });
  };
}

const THINGS = ['voices', 'complaints', 'grievances', 'customers', 'subscribers'] as const;

function unitOf(column: AnswerColumn, t: TFunction): string {
  if (column.kind !== 'measure' || column.name.endsWith('_change')) return '';
  const thing = THINGS.find((name) => column.name === name || column.name === `${name}_previous`);
  return thing === undefined ? t(`explorer.unit.${column.unit}`) : t(`explorer.things.${thing}`);
}

function Head({
  column,
  order,
  onOrder,
}: {
  readonly column: AnswerColumn;
  readonly order: OrderNow;
  readonly onOrder?: (order: Order) => void;
}) {
  const { t } = useTranslation();
  const nameOf = useColumnName();
  const sorted = order?.by === column.name ? (order.descending === true ? 'descending' : 'ascending') : undefined;
  const unit = unitOf(column, t);
  const words = (
    <>
      {nameOf(column)}
      {unit === '' ? null : <small>{unit}</small>}
    </>
  );
  const current: Order = order === null ? null : { by: order.by, descending: order.descending === true };
  return (
    <th scope="col" className={column.kind === 'measure' ? 'number' : ''} {...(sorted === undefined ? {} : { 'aria-sort': sorted })}>
      {onOrder === undefined ? (
        words
      ) : (
        <button type="button" className="sort" onClick={() => onOrder(nextOrder(current, column.name))}>
          {words}
          <i aria-hidden="true">{sorted === undefined ? '' : sorted === 'descending' ? '↓' : '↑'}</i>
        </button>
      )}
      {column.kind === 'measure' ? <MeasureHelp name={column.name} /> : null}
    </th>
  );
}

function Cell({
  answer,
  column,
  row,
  question,
}: {
  readonly answer: Answer;
  readonly column: AnswerColumn;
  readonly row: AnswerRow;
  readonly question: Question;
}) {
  const locale = useLocale();
  const labels = useLabels();
  const value = row[column.name] ?? null;
  if (column.kind === 'dimension') return <td>{labels.value(column.name, value, answer)}</td>;
  const text = figure(typeof value === 'number' ? value : null, column, locale);
  return (
    <td className="number">
      {typeof value === 'number' ? <Figure {...{ answer, question, row, value, text }} name={column.name} /> : text}
    </td>
  );
}

/** A figure of this period or of the one before, with what opens behind it; changes and subscribers open nothing. */
function Figure({
  answer,
  question,
  row,
  name,
  value,
  text,
}: {
  readonly answer: Answer;
  readonly question: Question;
  readonly row: AnswerRow;
  readonly name: string;
  readonly value: number;
  readonly text: string;
}) {
  const locale = useLocale();
  const words = useVocabulary().data?.measures;
  const before = name.endsWith('_previous');
  const measure = name.replace(/_previous$/, '');
  if (name.endsWith('_change') || measure === 'subscribers') return text;
  const where = before
    ? answer.previous === undefined
      ? null
      : voicesBefore(question, answer.previous, row, measure)
    : voicesBehind(question, row, measure);
  if (where === null) return text;
  const title = words?.find((m) => m.name === measure)?.opens?.[locale];
  return (
    <Opens where={where} value={countsVoices(measure) ? value : undefined} title={title}>
      {text}
    </Opens>
  );
}
