import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Question } from '../../model/question.ts';
import { ask } from '../api/calls.ts';
import { Answered } from '../kit/answered.tsx';
import { count, percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { useParam } from '../kit/url-state.ts';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';
import { Freshness, NothingFits } from './ask-parts.tsx';
import { HEAT_MEASURES, heatOf, sumOf } from './heat.ts';
import type { HeatTable } from './heat.ts';
import { HeatGrid } from './heat-grid.tsx';
import { MeasureKeys } from './measure-keys.tsx';
import { PainFilters } from './pain-filters.tsx';
import { PainHead } from './pain-head.tsx';
import { whereOf } from './pain-view.ts';
import { usePain } from './use-pain.ts';

const ACROSS = ['category_1', 'product', 'channel', 'kind', 'city', 'department'] as const;

/** Along the customer's way: which touchpoint hurts, in which respect. */
export function Touchpoints() {
  const { t } = useTranslation();
  const labels = useLabels();
  const { state, now, show } = usePain();
  const [wanted, choose] = useParam('across');
  const [asked, draw] = useParam('draw');
  const across = ACROSS.find((one) => one === wanted) ?? 'category_1';
  const measure = HEAT_MEASURES.find((one) => one === asked) ?? 'voices';
  const question = useMemo(
    (): Question => ({ measures: ['voices', 'complaints'], by: ['stage', across], where: whereOf(state, now), limit: 2000 }),
    [state, now, across],
  );
  const query = useQuery({ queryKey: ['ask', question], queryFn: () => ask(question) });
  const table = useHeat(query.data, across);
  const words = useTouchpointWords(query.data, table);
  return (
    <div className="page">
      <PainHead
        words={words}
        under={query.data === undefined ? undefined : <Freshness at={query.data.as_of} open={false} period={state.period} />}
      />
      <PainFilters state={state} onChange={show}>
        <div className="field">
          <span className="label">{t('pain.across')}</span>
          <Select
            aria-label={t('pain.across')}
            value={across}
            style={{ width: 148 }}
            options={ACROSS.map((value) => ({ value, label: labels.dimension(value) }))}
            onChange={(next: string) => choose(next === 'category_1' ? null : next)}
          />
        </div>
        <MeasureKeys measure={measure} onChange={draw} />
      </PainFilters>
      <Answered query={query} rows={10}>
        {(answer) =>
          answer.rows.length === 0 || table === null ? (
            <div className="panel">
              <NothingFits state={state} onChange={show} />
            </div>
          ) : (
            <section className="panel">
              <HeatGrid
                answer={answer}
                question={question}
                table={table}
                by={['stage', across]}
                measure={measure}
                title={t('pain.heatTitle', { across: labels.dimension(across), measure: labels.measure(measure) })}
                total={t('pain.sum')}
              />
            </section>
          )
        }
      </Answered>
      <p className="faint">{t('pain.heatNote')}</p>
    </div>
  );
}

/** Stages in the order of the customer's way, as the pack lists them. */
function useHeat(answer: Answer | undefined, across: string): HeatTable | null {
  const words = useVocabulary().data;
  return useMemo(() => {
    if (answer === undefined) return null;
    const stages = words?.stages.map((stage) => stage.code) ?? [];
    return heatOf(answer, ['stage', across], { stage: stages });
  }, [answer, across, words]);
}

/** The touchpoint with the most voices, and the one where most of them are complaints. */
function useTouchpointWords(answer: Answer | undefined, table: HeatTable | null): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  if (answer === undefined || table === null || answer.rows.length === 0) return t('pain.view.touchpoints');
  const stages = table.rows
    .filter((stage) => stage !== null)
    .map((stage) => ({ stage, ...sumOf(table.columns.map((column) => table.cell(stage, column))) }));
  const total = stages.reduce((sum, one) => sum + one.voices, 0);
  const top = stages.toSorted((a, b) => b.voices - a.voices)[0];
  const sharpest = stages
    .filter((one) => one.voices >= Math.max(30, total / 100))
    .toSorted((a, b) => b.complaints / b.voices - a.complaints / a.voices)[0];
  if (top === undefined || total === 0) return t('pain.view.touchpoints');
  const name = (stage: string | null): string => labels.value('stage', stage, answer);
  return [
    t('pain.weakest', { name: name(top.stage), value: count(top.voices, locale), share: percent(top.voices / total, locale) }),
    ...(sharpest === undefined
      ? []
      : [t('pain.sharpest', { name: name(sharpest.stage), share: percent(sharpest.complaints / sharpest.voices, locale, 0) })]),
  ].join(t('explorer.separator'));
}
