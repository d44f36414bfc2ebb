/** Somebody above the line: what a call is worth, and what decides whose duty it is. */
export interface Candidate {
  readonly customer: string;
  readonly category: string | null;
  readonly segment: string | null;
  /** Yuan: probability × effect × value. */
  readonly gain: number;
}

/** A specialist on a day. */
export interface Caller {
  readonly id: string;
  /** Calls that the hours allow. */
  readonly calls: number;
  /** Empty: all. */
  readonly categories: readonly string[];
  readonly segments: readonly string[];
}

export interface Placed<C> {
  /** Who calls whom, for those who fit. */
  readonly callerOf: ReadonlyMap<C, string>;
  /** Whom nobody has time for, best first. */
  readonly left: readonly C[];
}

export const isDutyOf = ({ categories, segments }: Caller, { category, segment }: Candidate): boolean =>
  (categories.length === 0 || (category !== null && categories.some((one) => category === one || category.startsWith(`${one}/`)))) &&
  (segments.length === 0 || (segment !== null && segments.includes(segment)));

export const byGain = (a: Candidate, b: Candidate): number =>
  b.gain - a.gain || (a.customer < b.customer ? -1 : a.customer > b.customer ? 1 : 0);

/**
 * Places candidates on specialists, best first. Who fits is exact, not merely greedy: where the hours of those whose duty it is are
 * taken, calls already placed move to others who may make them (augmenting paths), so somebody is left out only if no distribution
 * holds everybody better and them. Sets that can be placed form a matroid, so best first is also the most value (Edmonds 1971).
 */
export function placeCalls<C extends Candidate>(candidates: readonly C[], callers: readonly Caller[]): Placed<C> {
  const held = new Map<string, C[]>(callers.map((caller) => [caller.id, []]));
  const left: C[] = [];
  for (const candidate of candidates.toSorted(byGain)) if (!place(candidate, callers, held, new Set())) left.push(candidate);
  return { callerOf: new Map([...held].flatMap(([id, own]) => own.map((one) => [one, id] as const))), left };
}

function place<C extends Candidate>(candidate: C, callers: readonly Caller[], held: Map<string, C[]>, tried: Set<string>): boolean {
  const able = callers.filter((caller) => !tried.has(caller.id) && isDutyOf(caller, candidate));
  // Whoever has the largest share of the day free, so that work is spread; narrow duties before wide ones.
  const free = able
    .map((caller) => ({ caller, room: caller.calls - (held.get(caller.id)?.length ?? 0) }))
    .filter(({ room }) => room > 0)
    .toSorted((a, b) => b.room / b.caller.calls - a.room / a.caller.calls || (a.caller.id < b.caller.id ? -1 : 1))[0];
  if (free !== undefined) {
    held.get(free.caller.id)?.push(candidate);
    return true;
  }
  for (const { id } of able) tried.add(id);
  for (const caller of able) {
    const own = held.get(caller.id) ?? [];
    for (let i = 0; i < own.length; i++) {
      const moved = own[i];
      if (moved === undefined || !place(moved, callers, held, tried)) continue;
      own[i] = candidate;
      return true;
    }
  }
  return false;
}

/**
 * The highest gain among those for whom there is no room: everybody above it can be called on that day. 0: there is room for all.
 * Whom it is nobody's duty to call cannot push the line up.
 */
export function lineOfDay(candidates: readonly Candidate[], callers: readonly Caller[]): number {
  const able = candidates.filter((one) => callers.some((caller) => isDutyOf(caller, one)));
  const held = new Map<string, Candidate[]>(callers.map((caller) => [caller.id, []]));
  return able.toSorted(byGain).find((candidate) => !place(candidate, callers, held, new Set()))?.gain ?? 0;
}
