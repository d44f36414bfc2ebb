import { wallMsOf } from '../model/zoned-time.ts';

/** Which day it is in the province. */
export const dayOf = (ctx: { readonly clock: { nowMs(): number }; readonly config: { readonly timeZone: string } }): string =>
  new Date(wallMsOf(ctx.clock.nowMs(), ctx.config.timeZone)).toISOString().slice(0, 10);
