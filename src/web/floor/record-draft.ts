import type { CustomerAtDesk, Effect, Responsible } from '../../model/recording.ts';
import type { Channel } from '../../model/voice.ts';

/** What stands in the form. */
export interface Draft {
  /** Under which the recording is stored once, however often it is sent. */
  readonly key: string;
  readonly customer: string;
  readonly category: string | null;
  readonly text: string;
  readonly channel: Channel;
  readonly problem: boolean;
  readonly upset: boolean;
  readonly insists: boolean;
  readonly responsible: Responsible;
  readonly times: number;
  /** The member said how many-th time it is: what a look-up counts does not replace it. */
  readonly timesTyped: boolean;
  readonly explained: boolean;
  readonly script: number | null;
  readonly demand: string;
  readonly solution: string;
  readonly effect: Effect;
  readonly online: boolean;
  readonly replied: boolean;
  readonly startedAt: string | null;
}

export const freshDraft = (key: string, channel: Channel, customer = ''): Draft => ({
  key,
  customer,
  category: null,
  text: '',
  channel,
  problem: true,
  upset: false,
  insists: false,
  responsible: 'unclear',
  times: 1,
  timesTyped: false,
  explained: false,
  script: null,
  demand: '',
  solution: '',
  effect: 'none',
  online: false,
  replied: true,
  startedAt: null,
});

/** Solved in the contact means all of it; whether the customer is content shows in his feeling. */
export function solved(draft: Draft, online: boolean): Draft {
  if (!online) return { ...draft, online, effect: 'none' };
  return { ...draft, online, replied: true, effect: draft.upset ? 'all-unhappy' : 'all-happy' };
}

/** A customer who was found sets when the contact began and the how many-th time it is, unless somebody said so already. */
export const withCustomer = (draft: Draft, found: CustomerAtDesk): Draft => ({
  ...draft,
  startedAt: draft.startedAt ?? found.now,
  times: draft.timesTyped ? draft.times : found.times + 1,
});

/** Another number is another customer: what was counted for the one before is not his. */
export const withNumber = (draft: Draft, customer: string): Draft =>
  customer.trim() === draft.customer.trim() ? { ...draft, customer } : { ...draft, customer, times: draft.timesTyped ? draft.times : 1 };

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** As the server takes it. */
export const bodyOf = ({ key: _, timesTyped: _typed, customer, demand, solution, startedAt, category, ...rest }: Draft) => ({
  ...rest,
  category: category ?? '',
  customer: orNull(customer),
  demand: orNull(demand),
  solution: orNull(solution),
  started_at: startedAt,
});

const NAME = 'voxloop.record.';

/** A draft outlives a reload of its tab and no more: it may hold a customer's number. */
export function keptDraft(member: string, store: Pick<Storage, 'getItem'>): Draft | null {
  try {
    const kept = JSON.parse(store.getItem(NAME + member) ?? 'null') as Partial<Draft> | null;
    return kept === null || typeof kept.key !== 'string' ? null : { ...freshDraft(kept.key, 'hotline'), ...kept };
  } catch {
    return null;
  }
}

export function keepDraft(member: string, draft: Draft | null, store: Pick<Storage, 'setItem' | 'removeItem'>): void {
  if (draft === null) store.removeItem(NAME + member);
  else store.setItem(NAME + member, JSON.stringify(draft));
}
