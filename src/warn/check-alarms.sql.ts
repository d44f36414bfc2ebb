import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { stateAt } from './alarm-lifecycle.ts';
import { standingAlarms } from './alarm-rows.sql.ts';
import { limitsOf } from './bring-up-to-date.sql.ts';
import { bruteForceBreaches } from './brute-force.ts';
import { rulesOf, type StoredRule } from './rules.sql.ts';
import { ALL_TIME, type Part, saidAtsOf } from './said-ats.sql.ts';

/** Something that should not be. */
export interface CheckProblem {
  readonly invariant: string;
  readonly subject: string;
  readonly detail: string;
}

/** The slow evaluator is quadratic: entities with more voices than this are left to the tests. */
const MOST_VOICES = 2_000;
const MOST_ENTITIES = 50;
const EVERYTHING: Part = { kind: 'all', span: ALL_TIME };

/**
 * One alarm per breach, against the slow evaluator, on a sample of entities of each rule. Complete only when the evaluation
 * has caught up, so ask after `jobs.idle`.
 */
export async function checkAlarms(ctx: Context): Promise<readonly CheckProblem[]> {
  const problems: CheckProblem[] = [...(await lostAnnouncements(ctx))];
  for (const rule of await rulesOf(ctx.db)) {
    if (rule.enabled && rule.evaluated === rule.definition) problems.push(...(await checkRule(ctx, rule)));
  }
  return problems;
}

async function checkRule(ctx: Context, rule: StoredRule): Promise<readonly CheckProblem[]> {
  const alarms = await standingAlarms(ctx.db, rule, EVERYTHING);
  const entities = await saidAtsOf(ctx.db, rule, ctx.config.timeZone, EVERYTHING, [...alarms.keys()]);
  const sample = entities
    .filter((entity) => entity.saidAts.length <= MOST_VOICES)
    .sort((a, b) => (a.value < b.value ? -1 : 1))
    .slice(0, MOST_ENTITIES);
  return sample.flatMap(({ value, saidAts }) => {
    const expected = bruteForceBreaches(saidAts, limitsOf(rule))
      .filter((breach) => stateAt(breach, ctx.clock.nowMs(), false) !== null)
      .map((breach) => `${breach.beganMs}–${breach.endsMs}: ${breach.voices}`);
    const found = [...(alarms.get(value) ?? [])]
      .sort((a, b) => a.beganMs - b.beganMs)
      .map((alarm) => `${alarm.beganMs}–${alarm.endsMs}: ${alarm.voices}`);
    if (expected.join() === found.join()) return [];
    return [
      {
        invariant: 'I5 one alarm per breach',
        subject: `${rule.id} ${value}`,
        detail: `expected [${expected.join()}], found [${found.join()}]`,
      },
    ];
  });
}

/** An alarm that fired and is no history has its mails in the outbox, unless nobody is to be told. */
async function lostAnnouncements(ctx: Context): Promise<readonly CheckProblem[]> {
  return rowsOf(
    ctx.db,
    sql<CheckProblem>`
    select 'I7 no mail vanishes' as invariant, n.id as subject, 'delivered without a time of sending' as detail
    from announcements n where (n.state = 'delivered') <> (n.sent_at is not null)`,
  );
}
