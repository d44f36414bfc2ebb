import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer, Filter } from '../../model/question.ts';
import type { MemberRow, MoverRow, PreferenceRow, SchemeId, SegmentRunRow, SegmentsView } from '../../model/segment-views.ts';
import { change, get } from '../api/client.ts';
import { useOnce } from '../kit/use-once.ts';

export interface Preferences {
  readonly rows: readonly PreferenceRow[];
  readonly where: readonly Filter[];
  readonly labels: Answer['labels'];
}

const isOpen = (run: SegmentRunRow): boolean => run.state === 'queued' || run.state === 'running';

/** The run that is under way, if there is one. */
export const openRun = (view: SegmentsView | undefined): SegmentRunRow | undefined => view?.runs.find(isOpen);

/** Asked again every second while a run is under way. */
export function useSegments(scheme: SchemeId, run: string | null) {
  return useQuery({
    queryKey: ['segments', scheme, run],
    queryFn: () => get<SegmentsView>('/api/segments', { scheme, run }),
    refetchInterval: (query) => (openRun(query.state.data) === undefined ? false : 1000),
  });
}

export function usePreferencesOf(scheme: SchemeId, run: string | undefined) {
  return useQuery({
    queryKey: ['segments', 'preferences', scheme, run],
    queryFn: () => get<Preferences>('/api/segments/preferences', { scheme }),
    enabled: run !== undefined,
  });
}

export function useMembers(scheme: SchemeId, segment: string | null, after: string) {
  return useQuery({
    queryKey: ['segments', 'members', scheme, segment, after],
    queryFn: () => get<{ rows: readonly MemberRow[]; next: string | null }>('/api/segments/members', { scheme, segment, after }),
    enabled: segment !== null,
  });
}

/** Who went from a segment to another; an empty name stands for none. */
export function useMovers(run: string, from: string, to: string, after: string) {
  return useQuery({
    queryKey: ['segments', 'movers', run, from, to, after],
    queryFn: () => get<{ rows: readonly MoverRow[]; next: string | null }>('/api/segments/movers', { run, from, to, after }),
  });
}

export function useRunKeys() {
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ['segments'] });
  return {
    start: useOnce({ mutationFn: (month: string | null) => change('POST', '/api/segments/runs', { month }), onSettled }),
    cancel: useOnce({ mutationFn: (id: string) => change('POST', `/api/segments/runs/${encodeURIComponent(id)}/cancel`, {}), onSettled }),
  };
}
