import { type RawBuilder, sql } from 'kysely';
import type { HandlingTier, ValueTiers } from '../../model/handling.ts';

/** `tierOf` in SQL. */
export const tierSql = (
  valueTier: RawBuilder<unknown>,
  { high_tiers, low_tiers }: ValueTiers,
): RawBuilder<HandlingTier> => sql<HandlingTier>`
  case when ${valueTier} = any(${[...high_tiers]}::text[]) then 'high' when ${valueTier} = any(${[...low_tiers]}::text[]) then 'low' else 'usual' end`;
