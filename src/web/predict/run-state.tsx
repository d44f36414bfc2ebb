import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PairsView } from '../../model/pair-views.ts';
import { percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { type PairsAsked, startPairs, stopPairs } from './pairs-api.ts';

/** Asks for a computation; the page looks again by itself while one is open. */
export function useStart(asked: PairsAsked) {
  const cache = useQueryClient();
  return useOnce({
    mutationFn: () => startPairs(asked),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['pairs'] }),
  });
}

export type Start = ReturnType<typeof useStart>;

/** A scheme that has put nobody into a segment yet has no pairs by it; the rules have, even where the pack lists none. */
export const isUnassigned = ({ scheme, segments, done, open }: PairsView): boolean =>
  scheme !== 'rules' && segments.length === 0 && done === null && open === null;

/** Where nothing was computed for this scope, window and scheme yet, the first look asks for it. */
export function useFirstStart(view: PairsView | undefined, { window, scheme }: PairsAsked, { mutate }: Start): void {
  const asked = useRef<string | null>(null);
  const key = `${window} ${scheme}`;
  const never = view !== undefined && view.done === null && view.open === null && view.last === null && !isUnassigned(view);
  useEffect(() => {
    if (!never || asked.current === key) return;
    asked.current = key;
    mutate();
  }, [never, key, mutate]);
}

/** A computation on its way, with how far it is and a key to stop it; or why the last one came to nothing. */
export function RunState({ view }: { readonly view: PairsView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cache = useQueryClient();
  const stop = useMutation({
    mutationFn: (run: number) => stopPairs(run),
    onSettled: () => cache.invalidateQueries({ queryKey: ['pairs'] }),
  });
  const { open, done, last } = view;
  if (open !== null)
    return (
      <div className="note run-state" role="status">
        <progress max={1} value={open.progress} aria-label={t('pairs.computing', { share: '' })} />
        <span>{open.state === 'queued' ? t('pairs.waiting') : t('pairs.computing', { share: percent(open.progress, locale, 0) })}</span>
        <Button size="small" loading={stop.isPending} onClick={() => stop.mutate(open.run)}>
          {t('pairs.cancel')}
        </Button>
        {stop.error === null ? null : <ProblemView error={stop.error} />}
      </div>
    );
  if (last === null || (done !== null && done.run > last.run)) return null;
  return <p className="note warn">{last.state === 'failed' ? t('pairs.failed', { error: last.error ?? '' }) : t('pairs.cancelled')}</p>;
}
