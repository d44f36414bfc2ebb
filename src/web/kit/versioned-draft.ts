import { useState } from 'react';

export interface Versioned<T> {
  readonly version: number;
  readonly settings: T;
}

/** A draft and the version that it started from. */
export interface VersionedDraft<T> {
  readonly seen: Versioned<T>;
  readonly draft: T;
}

export const begun = <T>(current: Versioned<T>): VersionedDraft<T> => ({ seen: current, draft: current.settings });

export const isChanged = <T>({ seen, draft }: VersionedDraft<T>): boolean => JSON.stringify(draft) !== JSON.stringify(seen.settings);

/** Where nothing was typed the newest version stands; what was typed stays, and its author is told. */
export const followed = <T>(kept: VersionedDraft<T>, current: Versioned<T>): VersionedDraft<T> =>
  current.version <= kept.seen.version || isChanged(kept) ? kept : begun(current);

/** A form over settings that others may save meanwhile. */
export function useVersionedDraft<T>(current: Versioned<T>) {
  const [kept, keep] = useState(() => begun(current));
  const state = followed(kept, current);
  return {
    draft: state.draft,
    change: (draft: T): void => keep({ ...state, draft }),
    isChanged: isChanged(state),
    /** What a save is over: the server refuses it when somebody saved since. */
    seen: state.seen.version,
    /** A version that somebody saved while the draft was being typed. */
    newer: current.version > state.seen.version ? current.version : null,
    takeNewer: (): void => keep(begun(current)),
    keepMine: (): void => keep({ ...state, seen: current }),
    saved: (seen: Versioned<T>): void => keep((old) => ({ ...old, seen })),
  };
}
