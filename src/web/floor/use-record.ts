import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { RecordForm, Recorded } from '../../model/recording.ts';
import { useOnce } from '../kit/use-once.ts';
import { customerAtDesk, saveRecording } from './floor-calls.ts';
import { type Draft, freshDraft, keepDraft, keptDraft, solved, withCustomer, withNumber } from './record-draft.ts';

const newKey = (): string => crypto.randomUUID();

/** What F2, F4, F8 and F9 do to the form: keys that neither browsers nor input methods use. */
const TURNS: Readonly<Record<string, (draft: Draft) => Draft>> = {
  F2: (draft) => ({ ...draft, upset: !draft.upset }),
  F4: (draft) => solved(draft, !draft.online),
  F8: (draft) => ({ ...draft, insists: !draft.insists }),
  F9: (draft) => ({ ...draft, explained: !draft.explained }),
};

/** The form's draft, the customer on the line, and the saving: a draft outlives a reload and is sent under one key. */
export function useRecord(member: string, form: RecordForm) {
  const [params] = useSearchParams();
  const cache = useQueryClient();
  const [draft, setDraft] = useState<Draft>(
    () => keptDraft(member, sessionStorage) ?? freshDraft(newKey(), form.channel, params.get('customer') ?? ''),
  );
  const [asked, setAsked] = useState(draft.customer.trim() === '' ? null : draft.customer.trim());
  const [saved, setSaved] = useState<(Recorded & { readonly category: string }) | null>(null);
  useEffect(() => keepDraft(member, draft, sessionStorage), [member, draft]);
  // Under its number, so that a late answer about another customer is nobody's; and kept no longer than it is shown.
  const lookUp = useQuery({
    queryKey: ['record', 'customer', asked],
    queryFn: async () => {
      const found = await customerAtDesk(asked ?? '');
      setDraft((old) => (old.customer.trim() === asked ? withCustomer(old, found) : old));
      return found;
    },
    enabled: asked !== null,
    staleTime: Infinity,
    gcTime: 0,
  });
  const ask = (key: string | null): void => {
    if (key !== null && key === asked) void lookUp.refetch();
    else setAsked(key);
  };
  const type = (typed: string): void => {
    if (typed.trim() !== asked) setAsked(null);
    setDraft((old) => withNumber(old, typed));
  };
  const save = useOnce({
    mutationFn: saveRecording,
    onSuccess: (answer, sent) => {
      setSaved({ ...answer, category: sent.category ?? '' });
      setDraft(freshDraft(newKey(), sent.channel));
      setAsked(sent.customer.trim() === '' ? null : sent.customer.trim());
      // What he just said stands first among his contacts.
      void cache.invalidateQueries({ queryKey: ['record'] });
    },
  });
  return { draft, setDraft, found: lookUp.data ?? null, ask, type, saved, lookUp, save };
}

/** Keys that work wherever the focus is within the form. */
export function useDeskKeys(setDraft: (turn: (draft: Draft) => Draft) => void, save: () => void) {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  }, [save]);
  return useCallback(
    (event: { key: string; ctrlKey: boolean; metaKey: boolean; nativeEvent: { isComposing: boolean }; preventDefault: () => void }) => {
      if (event.nativeEvent.isComposing) return;
      const turn = Object.hasOwn(TURNS, event.key) ? TURNS[event.key] : undefined;
      if (turn !== undefined) {
        event.preventDefault();
        setDraft(turn);
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        latest.current();
      }
    },
    [setDraft],
  );
}
