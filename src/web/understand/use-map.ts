import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Filter } from '../../model/question.ts';
import { ask, knowledgeMap } from '../api/calls.ts';
import { filtersIn, putFilters } from '../kit/filters-url.ts';
import { useMay } from '../kit/me.ts';
import { isPeriod, withPeriod } from '../kit/periods.ts';
import type { Period } from '../kit/periods.ts';
import { dayIn } from '../kit/zone.ts';

export const MAP_VIEWS = ['tree', 'matrix', 'unmapped'] as const;
export type MapView = (typeof MAP_VIEWS)[number];

/** The period and filters of the map's numbers, and what is looked at, all in the address. */
export function useMapState() {
  const [params, setParams] = useSearchParams();
  const asked = params.get('period');
  const period: Period = isPeriod(asked) ? asked : '30d';
  const filters = useMemo(() => filtersIn(params), [params]);
  const today = dayIn(new Date());
  const where = useMemo(() => withPeriod(filters, period, new Date(`${today}T12:00:00Z`)), [filters, period, today]);
  const change = useCallback(
    (next: Period, wanted: readonly Filter[]): void =>
      setParams((old) => {
        const address = new URLSearchParams(old);
        address.set('period', next);
        putFilters(address, wanted);
        return address;
      }),
    [setParams],
  );
  return { view: MAP_VIEWS.find((one) => one === params.get('view')) ?? ('tree' as const), period, filters, where, change };
}

export const useKnowledgeMap = () => useQuery({ queryKey: ['knowledge-map'], queryFn: knowledgeMap, staleTime: 300_000 });

/** Numbers per cause within the period; nothing is asked by who may not read numbers. */
export function useCauseNumbers(where: readonly Filter[]) {
  const may = useMay();
  const question = { measures: ['voices', 'complaints', 'mean_confidence'], by: ['category'], where, limit: 2000 };
  return useQuery({
    queryKey: ['ask', question],
    queryFn: () => ask(question),
    placeholderData: keepPreviousData,
    enabled: may('numbers.read'),
  });
}
