import { armOf } from '../../model/experiment.ts';

const SALT = 'peaks';

/**
 * Whether a customer above the line stays uncalled: by chance, and the same for the same customer and day whoever asks, so that nobody
 * can choose and a queue made anew is the same queue.
 */
export const isHeldOut = (customer: string, day: string, share: number): boolean =>
  armOf(SALT, `${day}\u0001${customer}`, [share, 1 - share]) === 0;
