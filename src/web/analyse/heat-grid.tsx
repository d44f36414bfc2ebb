import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Question } from '../../model/question.ts';
import { voicesBehind } from '../../model/voices-behind.ts';
import { count, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { heatShade, heatValue, mostOf, sumOf } from './heat.ts';
import type { HeatMeasure, HeatTable, Sum } from './heat.ts';
import { Opens } from './opens.tsx';

interface Grid {
  readonly answer: Answer;
  readonly question: Question;
  readonly table: HeatTable;
  readonly by: readonly [string, string];
  readonly measure: HeatMeasure;
  readonly title: string;
  readonly total: string;
  /** Draws the name of a row or a column, where it leads somewhere. */
  readonly head?: (dimension: string, value: string | null, name: string) => ReactNode;
}

/** What a voice without a cause has none of. */
const FROM_CAUSE: readonly string[] = ['stage', 'business', 'support', 'bearer', 'department', 'category', 'category_1', 'category_2'];

/** Two dimensions crossed: the figure in every cell, its weight in the shade behind it, every figure opening its voices. */
export function HeatGrid({ answer, question, table, by, measure, title, total, head = (_d, _v, name) => name }: Grid) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { rows, columns, cell } = table;
  const cells = rows.flatMap((row) => columns.map((column) => sumOf([cell(row, column)])));
  const most = mostOf(cells, measure);
  const ofRow = (row: string | null): Sum => sumOf(columns.map((column) => cell(row, column)));
  const ofColumn = (column: string | null): Sum => sumOf(rows.map((row) => cell(row, column)));
  const named = (dimension: string, value: string | null): ReactNode =>
    head(
      dimension,
      value,
      value === null && FROM_CAUSE.includes(dimension) ? t('common.unmapped') : labels.value(dimension, value, answer),
    );
  const draw = (sum: Sum, values: Readonly<Record<string, string | null>>, shade: number): ReactNode => (
    <HeatFigure
      sum={sum}
      measure={measure}
      where={voicesBehind({ by: Object.keys(values), where: question.where }, values, measure)}
      shade={shade}
    />
  );
  return (
    <div className="scroller">
      <table className="table heat" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{labels.dimension(by[0])}</th>
            {columns.map((column) => (
              <th key={String(column)} scope="col" className="number">
                {named(by[1], column)}
              </th>
            ))}
            <th scope="col" className="number sum">
              {total}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={String(row)}>
              <th scope="row">{named(by[0], row)}</th>
              {columns.map((column) => {
                const sum = sumOf([cell(row, column)]);
                return <td key={String(column)}>{draw(sum, { [by[0]]: row, [by[1]]: column }, heatShade(sum, measure, most))}</td>;
              })}
              <td className="sum">{draw(ofRow(row), { [by[0]]: row }, 0)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{total}</th>
            {columns.map((column) => (
              <td key={String(column)}>{draw(ofColumn(column), { [by[1]]: column }, 0)}</td>
            ))}
            <td className="sum">{draw(sumOf(rows.flatMap((row) => columns.map((column) => cell(row, column)))), {}, 0)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function HeatFigure({
  sum,
  measure,
  where,
  shade,
}: {
  readonly sum: Sum;
  readonly measure: HeatMeasure;
  readonly where: Question['where'];
  readonly shade: number;
}) {
  const locale = useLocale();
  const value = heatValue(sum, measure);
  const style = { '--heat': shade.toFixed(2) } as CSSProperties;
  if (value === null || sum.voices === 0) return <span className="heat-cell none">·</span>;
  const text = measure === 'complaint_share' ? percent(value, locale, 0) : count(value, locale);
  return (
    <span className="heat-cell" style={style}>
      {value === 0 ? (
        text
      ) : (
        <Opens
          where={where}
          value={measure === 'complaint_share' ? undefined : value}
          title={measure === 'complaint_share' ? `${count(sum.complaints, locale)} / ${count(sum.voices, locale)}` : undefined}
        >
          {text}
        </Opens>
      )}
    </span>
  );
}
