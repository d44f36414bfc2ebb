import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { voicesBehind } from '../../model/voices-behind.ts';
import type { Answer, AnswerColumn, Question } from '../../model/question.ts';
import { voicesAddress } from '../kit/filters-url.ts';
import { figure } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';
import { nextOrder } from './explorer-view.ts';
import type { ExplorerView } from './explorer-view.ts';
import type { AnswerRow } from './answer-shape.ts';

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
        <span className="faint">{t('explorer.rowsOf', { shown: answer.rows.length, total: answer.total_rows })}</span>
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
  const locale = useLocale();
  const nameOf = useColumnName();
  const help = useVocabulary().data?.measures.find((m) => m.name === column.name)?.help[locale];
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
    <th
      scope="col"
      className={column.kind === 'measure' ? 'number' : ''}
      title={help}
      {...(sorted === undefined ? {} : { 'aria-sort': sorted })}
    >
      {onOrder === undefined ? (
        words
      ) : (
        <button type="button" className="sort" onClick={() => onOrder(nextOrder(current, column.name))}>
          {words}
          <i aria-hidden="true">{sorted === undefined ? '' : sorted === 'descending' ? '↓' : '↑'}</i>
        </button>
      )}
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
  const opens = typeof value === 'number' && !/_(previous|change)$/.test(column.name) && column.name !== 'subscribers';
  return (
    <td className="number">
      {opens ? (
        <Link className="figure" to={voicesAddress(voicesBehind(question, row, column.name))}>
          {text}
        </Link>
      ) : (
        text
      )}
    </td>
  );
}
