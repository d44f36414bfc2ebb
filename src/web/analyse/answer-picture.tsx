import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { voicesBehind } from '../../model/voices-behind.ts';
import type { Answer, Question } from '../../model/question.ts';
import { Chart } from '../kit/chart.tsx';
import { voicesAddress } from '../kit/filters-url.ts';
import { count, figure } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useShade } from '../kit/shade.tsx';
import { useParam } from '../kit/url-state.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { isCut, numberAt, shapeOf } from './answer-shape.ts';
import { toBarOption, toTrendOption } from './answer.chart.ts';
import type { Drawing } from './answer.chart.ts';
import { AnswerTable } from './answer-table.tsx';
import { useCutWords } from './answer-words.ts';
import { MeasureHelp } from './measure-help.tsx';
import { Opens, countsVoices } from './opens.tsx';

/** The picture of an answer: one measure at a time, chosen above it when there are several. */
export function AnswerPicture({ answer, question }: { readonly answer: Answer; readonly question: Question }) {
  const labels = useLabels();
  const [chosen, choose] = useParam('draw');
  const measure = question.measures.find((m) => m === chosen) ?? question.measures[0] ?? 'voices';
  if (shapeOf(answer).kind === 'figures') return <Figures answer={answer} question={question} />;
  return (
    <section className="panel pad">
      {question.measures.length > 1 ? (
        <div className="row">
          {question.measures.map((m) => (
            <button key={m} type="button" className="key" aria-pressed={m === measure} onClick={() => choose(m)}>
              {labels.measure(m)}
            </button>
          ))}
        </div>
      ) : null}
      <Picture answer={answer} question={question} measure={measure} />
    </section>
  );
}

export function useDrawing(answer: Answer, measure: string): Drawing | null {
  const { t } = useTranslation();
  const shade = useShade();
  const locale = useLocale();
  const labels = useLabels();
  return useMemo(() => {
    const shape = shapeOf(answer);
    const column = answer.columns.find((c) => c.name === measure) ?? { name: measure, unit: 'count' as const };
    const name = labels.measure(measure);
    const words = {
      shade,
      narrow: innerWidth < 600,
      measureName: name,
      previousName: t('explorer.previous', { measure: name }),
      label: (dimension: string, value: string | number | null) => labels.value(dimension, value, answer),
      figure: (value: number | null) => figure(value, column, locale),
    };
    if (shape.kind === 'figures') return null;
    return shape.kind === 'trend'
      ? toTrendOption(answer, measure, shape.time, shape.split, words)
      : toBarOption(answer, measure, shape.by, words);
    // Labels follow the vocabulary and the language, which the answer's own render already carries.
  }, [answer, measure, shade, locale, t, labels]);
}

export function Picture({
  answer,
  question,
  measure,
  height,
}: {
  readonly answer: Answer;
  readonly question: Question;
  readonly measure: string;
  readonly height?: number;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const go = useNavigate();
  const label = useChartLabel(answer, measure);
  const cut = useCutWords()(answer);
  const drawing = useDrawing(answer, measure);
  if (drawing === null) return null;
  const bars = shapeOf(answer).kind === 'bars';
  const open = (dataIndex: number, seriesIndex: number): void => {
    const row = answer.rows[drawing.rowAt(dataIndex, seriesIndex) ?? -1];
    if (row !== undefined) void go(voicesAddress(voicesBehind(question, row, measure)));
  };
  return (
    <>
      <Chart
        option={drawing.option}
        label={label}
        height={height ?? (bars ? 32 + drawing.shown * 26 : 300)}
        onPick={open}
        table={<AnswerTable answer={answer} question={question} />}
      />
      {drawing.shown < drawing.total ? (
        <p className="faint">
          {t(isCut(answer) ? 'explorer.topOfCut' : 'explorer.topOnly', {
            shown: count(drawing.shown, locale),
            total: count(drawing.total, locale),
          })}
        </p>
      ) : null}
      {cut === null ? null : <p className="note">{t('explorer.cutWay', { cut })}</p>}
    </>
  );
}

function useChartLabel(answer: Answer, measure: string): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const cut = useCutWords()(answer);
  const values = answer.rows.flatMap((row) => numberAt(row, measure) ?? []);
  const column = answer.columns.find((c) => c.name === measure) ?? { name: measure, unit: 'count' as const };
  const by = answer.columns
    .filter((c) => c.kind === 'dimension')
    .map((c) => labels.dimension(c.name))
    .join(' × ');
  const title = t('explorer.chartTitle', { measure: labels.measure(measure), by });
  const [max, min] = [values.reduce((a, b) => Math.max(a, b), -Infinity), values.reduce((a, b) => Math.min(a, b), Infinity)];
  if (values.length === 0) return title;
  if (cut !== null) return t('explorer.chartCutLabel', { title, cut });
  return t('explorer.chartLabel', { title, points: values.length, max: figure(max, column, locale), min: figure(min, column, locale) });
}

function Figures({ answer, question }: { readonly answer: Answer; readonly question: Question }) {
  const locale = useLocale();
  const labels = useLabels();
  const row = answer.rows[0] ?? {};
  return (
    <section className="panel pad big-figures">
      {question.measures.map((name) => {
        const column = answer.columns.find((c) => c.name === name) ?? { name, unit: 'count' as const };
        return (
          <div className="big-figure" key={name}>
            <span className="quiet row" style={{ gap: 6 }}>
              {labels.measure(name)}
              <MeasureHelp name={name} />
            </span>
            <b>
              {name === 'subscribers' ? (
                figure(numberAt(row, name), column, locale)
              ) : (
                <Opens
                  where={voicesBehind(question, row, name)}
                  value={countsVoices(name) ? (numberAt(row, name) ?? undefined) : undefined}
                >
                  {figure(numberAt(row, name), column, locale)}
                </Opens>
              )}
            </b>
            <span className="change">{changeText(row, name, locale)}</span>
          </div>
        );
      })}
    </section>
  );
}

function changeText(row: Answer['rows'][number], name: string, locale: 'zh' | 'en'): string {
  const value = numberAt(row, `${name}_change`);
  return value === null ? '' : figure(value, { name: `${name}_change`, unit: 'share' }, locale);
}
