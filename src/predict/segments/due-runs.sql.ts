import { sql } from 'kysely';
import { SCHEME_IDS, type SchemeId } from '../../model/segment-views.ts';
import type { Context } from '../../platform/context.ts';
import { type Db, rowOf } from '../../platform/postgres/db.ts';
import { isSomethingToLearn } from '../something-to-learn.sql.ts';
import { endOfMonth, lastEndedMonth } from './run-window.ts';

export interface DueRuns {
  readonly schemes: readonly SchemeId[];
  readonly months: readonly (string | null)[];
}

/**
 * What nobody need ask for: every scheme at the end of the local month, once voices came from beyond it (`soon`: the last that was heard);
 * and where no run was ever asked for, one up to now as well, as soon as there is something to learn from. A month that was asked for
 * before is not asked for again, however that ended.
 */
export async function dueRuns({ db, config }: Pick<Context, 'db' | 'config'>, soon: string | null): Promise<DueRuns | null> {
  if (soon === null) return null;
  const month = lastEndedMonth(soon, config.timeZone);
  const { asked, ever, heard } = await askedFor(db, endOfMonth(month, config.timeZone));
  const schemes = SCHEME_IDS.filter((scheme) => !asked.includes(scheme));
  const months = [...(heard && schemes.length > 0 ? [month] : []), ...(ever ? [] : [null])];
  return months.length > 0 && (await isSomethingToLearn(db, null)) ? { schemes, months } : null;
}

interface AskedFor {
  /** Schemes that were run up to that moment. */
  readonly asked: readonly SchemeId[];
  readonly ever: boolean;
  /** Whether anybody spoke before that moment. */
  readonly heard: boolean;
}

async function askedFor(db: Db, end: string): Promise<AskedFor> {
  const row = await rowOf(
    db,
    sql<AskedFor>`
      select array(select distinct scheme from segment_runs where as_of = ${end}::timestamptz) as asked,
        exists (select 1 from segment_runs) as ever, exists (select 1 from voices where said_at < ${end}::timestamptz) as heard`,
  );
  return row ?? { asked: [], ever: false, heard: false };
}
