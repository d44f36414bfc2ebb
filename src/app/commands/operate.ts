import { rebuildWarehouse } from '../../analyse/follow-warehouse.job.ts';
import { warehouseParity } from '../../analyse/read.sql.ts';
import { ADDRESSES } from '../../model/addresses.ts';
import type { MemberId } from '../../model/ids.ts';
import { ADMINISTRATORS, standApart } from '../../model/may.ts';
import { ROLES, SCOPES, type Role, type ScopeKind, type Viewer } from '../../model/people.ts';
import { problemSentence } from '../../model/problem-texts.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import { linkProblem } from '../../people/change-members.sql.ts';
import { isWider } from '../../people/member-rules.ts';
import { memberNamed } from '../../people/members.sql.ts';
import { newToken, tokenHash } from '../../people/passwords.client.ts';
import { addSignInLink, openSession } from '../../people/sessions.sql.ts';
import { inTransaction } from '../../platform/postgres/db.ts';
import { sql } from 'kysely';
import { alarmsJson } from '../../warn/read.sql.ts';
import { fsck } from '../fsck.ts';
import { type Command, type HomeRun, UsageError, jsonLine, read, wholeOf } from './command.ts';

const LINK_MINUTES = 15;

/** A one-time sign-in link of a member. */
export async function signInLink(run: Pick<HomeRun, 'ctx' | 'viewer'>, login: string, minutes = LINK_MINUTES): Promise<string> {
  const { ctx, viewer } = run;
  const member = await memberNamed(ctx.db, login);
  if (member === undefined) throw new UsageError(`There is no member "${login}"`);
  refuseOthersKey(viewer, { ...member, login });
  const token = newToken();
  await inTransaction(ctx.db, async (tx) => {
    await addSignInLink(tx, tokenHash(token), member.member, ctx.clock.now(), minutes);
    await writeAudit(tx, { ctx, viewer, via: 'cli', action: 'sign-in.link', subjectKind: 'member', subjectId: member.member });
  });
  return ctx.config.publicUrl + ADDRESSES.signIn(token);
}

export const signInCommand: Command = {
  words: 'signin',
  usage: 'signin MEMBER',
  help: 'Print a one-time sign-in link (15 minutes)',
  needs: 'home',
  right: 'members.write',
  run: async (run: HomeRun) => {
    const { positionals } = read(run, {}, { min: 1, max: 1, usage: 'signin MEMBER' });
    run.out(await signInLink(run, positionals[0] ?? ''));
    return 0;
  },
};

/** As on the pages: an administrator's key is made by whoever holds the machine, not by another administrator. */
function refuseOthersKey(viewer: Viewer, member: { readonly login: string; readonly roles: readonly Role[] }): void {
  const problem = viewer.roles.includes('operator') ? null : linkProblem(member);
  if (problem !== null) throw new UsageError(problemSentence(problem, 'en'));
}

const tokenUsage = 'token MEMBER [--name NAME] [--days DAYS]';
export const tokenCommand: Command = {
  words: 'token',
  usage: tokenUsage,
  help: 'Print a bearer token for programs (7 days, or --days up to 365)',
  needs: 'home',
  right: 'members.write',
  run: async (run: HomeRun) => {
    const { positionals, values } = read(
      run,
      { name: { type: 'string' }, days: { type: 'string' } },
      { min: 1, max: 1, usage: tokenUsage },
    );
    const { ctx, viewer } = run;
    const days = wholeOf(values.days, 'days', 7, 1);
    if (days > 365) throw new UsageError('--days is at most 365');
    const member = await memberNamed(ctx.db, positionals[0] ?? '');
    if (member === undefined) throw new UsageError(`There is no member "${positionals[0]}"`);
    refuseOthersKey(viewer, { ...member, login: positionals[0] ?? '' });
    const token = newToken();
    await inTransaction(ctx.db, async (tx) => {
      const name = values.name ?? 'voxloop token';
      await openSession(tx, tokenHash(token), member.member, ctx.clock.now(), { kind: 'token', name, minutes: days * 24 * 60 });
      const detail = { name, days };
      await writeAudit(tx, { ctx, viewer, via: 'cli', action: 'token', subjectKind: 'member', subjectId: member.member, detail });
    });
    run.out(token);
    return 0;
  },
};

const memberUsage = 'member add LOGIN --name NAME --roles ROLE[,ROLE] [--scope SCOPE] [--unit UNIT]';
const isAdministrator = (role: string): boolean => ADMINISTRATORS.some((one) => one === role);

export const memberCommand: Command = {
  words: 'member add',
  usage: memberUsage,
  help: 'Add a member (sign in with a link)',
  needs: 'home',
  right: 'members.write',
  run: async (run: HomeRun) => {
    const options = {
      name: { type: 'string' },
      roles: { type: 'string' },
      scope: { type: 'string', default: 'province' },
      unit: { type: 'string', default: 'ou_root' },
    } as const;
    const { positionals, values } = read(run, options, { min: 1, max: 1, usage: memberUsage });
    const { ctx, viewer } = run;
    const roles = (values.roles ?? '').split(',').filter((role) => role !== '');
    const wrong = roles.filter((role) => !(ROLES as readonly string[]).includes(role));
    const problems = [
      ...(roles.length === 0 || wrong.length > 0
        ? [`--roles takes ${ROLES.join(', ')}${wrong.length > 0 ? `; not ${wrong.join(', ')}` : ''}`]
        : []),
      ...(wrong.length > 0 || standApart(roles as Role[]) ? [] : [problemSentence({ code: 'roles-apart' }, 'en')]),
      // The first administrators are made at the machine; as anybody else one gives no more than one has.
      ...(viewer.roles.includes('operator') || (!roles.some(isAdministrator) && !isWider(values.scope as ScopeKind, viewer.scope))
        ? []
        : ['Only the operator of the machine adds administrators, or members who see more than you do']),
      ...((SCOPES as readonly string[]).includes(values.scope) ? [] : [`--scope is one of ${SCOPES.join(', ')}`]),
    ];
    if (problems.length > 0) throw new UsageError(problems.join('\n'));
    const login = positionals[0] ?? '';
    const id = ctx.ids.text('member', login) as MemberId;
    await inTransaction(ctx.db, async (tx) => {
      const added = await sql`
        insert into members (id, login, name, unit_id, roles, scope) select ${id}, ${login}, ${values.name ?? login}, u.id, ${roles}::text[], ${values.scope}
        from org_units u where u.id = ${values.unit} on conflict do nothing returning id`.execute(tx);
      if (added.rows.length === 0) throw new UsageError(`"${login}" exists already, or there is no unit "${values.unit}"`);
      await writeAudit(tx, {
        ctx,
        viewer,
        via: 'cli',
        action: 'member.add',
        subjectKind: 'member',
        subjectId: id,
        detail: { roles, scope: values.scope },
      });
    });
    run.out(id);
    return 0;
  },
};

export const alarmsCommand: Command = {
  words: 'alarms',
  usage: 'alarms [--json]',
  help: 'List alarms',
  needs: 'home',
  right: 'alarms.read',
  run: async (run: HomeRun) => {
    const { values } = read(run, {}, { min: 0, max: 0, usage: 'alarms [--json]' });
    const alarms = await alarmsJson(run.ctx, run.viewer);
    if (values.json === true) run.out(jsonLine(alarms));
    else
      for (const a of alarms)
        run.out(
          `${a.fired_at ?? 'pending'}  ${a.rule}  ${a.entity.dimension} ${a.entity.value}  ${a.voices} voices${a.historical ? '  (historical)' : ''}`,
        );
    return 0;
  },
};

export const fsckCommand: Command = {
  words: 'fsck',
  usage: 'fsck [--json]',
  help: 'Check every promise against the stored data (changes nothing)',
  needs: 'home',
  right: 'system.operate',
  works: true,
  run: async (run: HomeRun) => {
    const { values } = read(run, {}, { min: 0, max: 0, usage: 'fsck [--json]' });
    await run.settle();
    const result = await fsck(run.ctx);
    if (values.json === true) run.out(jsonLine(result));
    else
      for (const check of result.checks)
        run.out(`${check.ok ? 'ok    ' : 'BROKEN'}  ${check.id}  ${check.name}${check.ok ? '' : `: ${check.problems.join('; ')}`}`);
    return result.ok ? 0 : 1;
  },
};

export const warehouseCommand: Command = {
  words: 'warehouse',
  usage: 'warehouse rebuild|parity [--json]',
  help: 'Rebuild the warehouse from Postgres, or compare the two',
  needs: 'home',
  right: 'system.operate',
  run: async (run: HomeRun) => {
    const { positionals } = read(run, {}, { min: 1, max: 1, usage: 'warehouse rebuild|parity' });
    switch (positionals[0]) {
      case 'rebuild':
        run.out(jsonLine(await rebuildWarehouse(run.ctx)));
        return 0;
      case 'parity': {
        const parity = await warehouseParity(run.ctx);
        run.out(jsonLine(parity));
        return parity.ok ? 0 : 1;
      }
      default:
        throw new UsageError('usage: voxloop warehouse rebuild|parity');
    }
  },
};

export const jobsCommand: Command = {
  words: 'jobs',
  usage: 'jobs [list | replay ID] [--json]',
  help: 'Queues and dead letters',
  needs: 'home',
  right: 'system.operate',
  run: async (run: HomeRun) => {
    const { positionals } = read(run, {}, { min: 0, max: 2, usage: 'jobs [list | replay ID]' });
    const { ctx, viewer } = run;
    if (positionals[0] === 'replay') {
      const id = positionals[1] ?? '';
      if (!/^[0-9a-f-]{36}$/.test(id) || !(await ctx.jobs.replay(id))) throw new UsageError(`There is no dead letter "${id}"`);
      await writeAudit(ctx.db, { ctx, viewer, via: 'cli', action: 'job.replay', subjectKind: 'job', subjectId: id });
    }
    run.out(jsonLine({ depth: await ctx.jobs.depth(), dead: await ctx.jobs.dead() }));
    return 0;
  },
};
