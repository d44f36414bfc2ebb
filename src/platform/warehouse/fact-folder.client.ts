import type { FactFolder } from './fact-folder-here.client.ts';
import { startThread } from '../threads/thread.client.ts';
import type { WarehouseRow, WideTable } from './warehouse.ts';

/** What the thread of a folder is asked for: to be open, or one of the folder's own deeds with what that takes. */
export type FactAsk =
  | { readonly deed: 'open' }
  | { [Deed in Deeds]: { readonly deed: Deed; readonly given: Parameters<FactFolder[Deed]> } }[Deeds];
type Deeds = Exclude<keyof FactFolder, 'close'>;
export type ToFacts = { readonly id: number; readonly ask: FactAsk } | 'close';
export interface FromFacts {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: unknown;
}

/**
 * A folder of facts with an engine on a thread of its own: closing an engine that read Parquet gives its memory back at once, which held the
 * event loop up for 70–250 ms. Throws what the engine throws.
 */
export async function openFactFolder(dir: string, table: WideTable): Promise<FactFolder> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let asked = 0;
  let ended: unknown = null;
  const end = (error: unknown): void => {
    ended ??= error;
    for (const one of waiting.values()) one.reject(ended);
    waiting.clear();
  };
  const heard = ({ id, answer, error }: FromFacts): void => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(answer);
    else one?.reject(error);
  };
  const thread = startThread(new URL('./fact-folder.worker.ts', import.meta.url), { given: { dir, table }, heard, ended: end });
  const say = (message: ToFacts): void => thread.say(message);
  const ask = (what: FactAsk): Promise<unknown> => {
    if (ended !== null) return Promise.reject(ended as Error);
    const one = Promise.withResolvers<unknown>();
    waiting.set(++asked, one);
    say({ id: asked, ask: what });
    return one.promise;
  };
  const close = (): void => say('close');
  try {
    await ask({ deed: 'open' });
  } catch (error) {
    close();
    throw error;
  }
  return {
    land: async (...given) => void (await ask({ deed: 'land', given })),
    seal: async (...given) => void (await ask({ deed: 'seal', given })),
    select: async (...given) => (await ask({ deed: 'select', given })) as readonly WarehouseRow[],
    close,
  };
}
