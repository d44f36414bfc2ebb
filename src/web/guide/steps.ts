import type { Verb } from '../../model/people.ts';

export const STEPS = ['organisation', 'members', 'import', 'rule', 'order'] as const;
export type StepName = (typeof STEPS)[number];

/** What is really there; null: not for this member to see. */
export interface Found {
  readonly units: number | null;
  readonly members: number | null;
  readonly imports: number | null;
  readonly rules: number | null;
  readonly orders: number | null;
}
export interface Step {
  readonly name: StepName;
  readonly state: 'done' | 'open' | 'skipped' | 'unseen';
  readonly count: number;
  readonly to: string;
}

/** The right that a step needs, where it leads, and from how many on it is done: one unit or member is the product's own operator. */
const PLAN: Readonly<Record<StepName, { readonly verb: Verb; readonly to: string; readonly found: keyof Found; readonly enough: number }>> =
  {
    organisation: { verb: 'organisation.read', to: '/organisation', found: 'units', enough: 2 },
    members: { verb: 'organisation.read', to: '/organisation', found: 'members', enough: 2 },
    import: { verb: 'imports.run', to: '/imports', found: 'imports', enough: 1 },
    rule: { verb: 'rules.read', to: '/alarms/rules', found: 'rules', enough: 1 },
    order: { verb: 'orders.read', to: '/orders', found: 'orders', enough: 1 },
  };

export const verbOf = (name: StepName): Verb => PLAN[name].verb;

/** Done is what is done, whatever was skipped. */
export function stepsOf(found: Found, skipped: readonly string[]): readonly Step[] {
  return STEPS.map((name): Step => {
    const { to, found: key, enough } = PLAN[name];
    const count = found[key];
    if (count === null) return { name, to, count: 0, state: 'unseen' };
    return { name, to, count, state: count >= enough ? 'done' : skipped.includes(name) ? 'skipped' : 'open' };
  });
}
