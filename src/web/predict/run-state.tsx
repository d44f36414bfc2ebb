import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PairsView } from '../../model/pair-views.ts';
import { percent } from '../kit/format.ts';
import { useLocale } from '../kit/locale.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useOnce } from '../kit/use-once.ts';
import { startPairs, stopPairs } from './pairs-api.ts';

/** Asks for a computation; the page looks again by itself while one is open. */
export function useStart(window: number) {
  const cache = useQueryClient();
  return useOnce({
    mutationFn: () => startPairs(window),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['pairs'] }),
  });
}

export type Start = ReturnType<typeof useStart>;

/** Where nothing was computed for this scope and window yet, the first look asks for it. */
export function useFirstStart(view: PairsView | undefined, window: number, { mutate }: Start): void {
  const asked = useRef<number | null>(null);
  const never = view !== undefined && view.done === null && view.open === null && view.last === null;
  useEffect(() => {
    if (!never || asked.current === window) return;
    asked.current = window;
    mutate();
  }, [never, window, mutate]);
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
