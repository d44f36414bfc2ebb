import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Filter, Question } from '../../model/question.ts';
import { HEAT_MEASURES, heatOf } from '../analyse/heat.ts';
import { HeatGrid } from '../analyse/heat-grid.tsx';
import { MeasureKeys } from '../analyse/measure-keys.tsx';
import { ask } from '../api/calls.ts';
import { Answered } from '../kit/answered.tsx';
import { Empty } from '../kit/empty.tsx';
import { useParam } from '../kit/url-state.ts';
import { useLabels, useVocabulary } from '../kit/vocabulary.ts';

const FOUR = ['business', 'support', 'bearer', 'department'] as const;
type Axis = (typeof FOUR)[number];
const axisIn = (text: string | null, otherwise: Axis): Axis => FOUR.find((one) => one === text) ?? otherwise;

/** Any two of the four dimensions crossed; one press turns the table. */
export function Matrix({ where }: { readonly where: readonly Filter[] }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { rows, columns, turn } = useAxes();
  const [asked, draw] = useParam('draw');
  const measure = HEAT_MEASURES.find((one) => one === asked) ?? 'voices';
  const question = useMemo(
    (): Question => ({ measures: ['voices', 'complaints'], by: [rows, columns], where, limit: 2000 }),
    [where, rows, columns],
  );
  const query = useQuery({ queryKey: ['ask', question], queryFn: () => ask(question) });
  const order = useOrder();
  const axes = { rows: labels.dimension(rows), columns: labels.dimension(columns) };
  return (
    <>
      <div className="row" style={{ alignItems: 'flex-end', gap: '8px 16px' }}>
        <AxisSelect name={t('knowledge.rows')} value={rows} onChange={(next) => turn(next, next === columns ? rows : columns)} />
        <Button onClick={() => turn(columns, rows)}>⇄ {t('knowledge.turn')}</Button>
        <AxisSelect name={t('knowledge.columns')} value={columns} onChange={(next) => turn(next === rows ? columns : rows, next)} />
        <MeasureKeys measure={measure} onChange={draw} />
      </div>
      <Answered query={query} rows={10}>
        {(answer) => (
          <section className="panel">
            {answer.rows.length === 0 ? (
              <Empty why={t('explorer.empty')} next={t('explorer.emptyNext')} />
            ) : (
              <HeatGrid
                answer={answer}
                question={question}
                table={heatOf(answer, [rows, columns], order)}
                by={[rows, columns]}
                measure={measure}
                title={t('knowledge.matrixTitle', { ...axes, measure: labels.measure(measure) })}
                total={t('pain.sum')}
              />
            )}
          </section>
        )}
      </Answered>
    </>
  );
}

function useAxes() {
  const [params, setParams] = useSearchParams();
  const rows = axisIn(params.get('rows'), 'department');
  const columns = axisIn(params.get('columns'), rows === 'business' ? 'department' : 'business');
  const turn = (down: Axis, across: Axis): void =>
    setParams((old) => {
      const address = new URLSearchParams(old);
      address.set('rows', down);
      address.set('columns', across);
      return address;
    });
  return { rows, columns, turn };
}

function AxisSelect({ name, value, onChange }: { readonly name: string; readonly value: Axis; readonly onChange: (next: Axis) => void }) {
  const labels = useLabels();
  return (
    <div className="field">
      <span className="label">{name}</span>
      <Select
        aria-label={name}
        value={value}
        style={{ width: 148 }}
        options={FOUR.map((one) => ({ value: one, label: labels.dimension(one) }))}
        onChange={onChange}
      />
    </div>
  );
}

/** The order in which the pack lists the values. */
function useOrder(): Readonly<Record<Axis, readonly string[]>> {
  const words = useVocabulary().data;
  return useMemo(() => {
    const codes = (list: readonly { readonly code: string }[] | undefined): readonly string[] => list?.map((one) => one.code) ?? [];
    return {
      business: codes(words?.businesses),
      support: codes(words?.supports),
      bearer: codes(words?.bearers),
      department: codes(words?.departments),
    };
  }, [words]);
}
