import { ensureWebBuilt } from '../../scripts/build-web.ts';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { writeProvince } from '../../scenarios/province/write.client.ts';
import { ROLES } from '../model/people.ts';
import { memberNamed } from '../people/members.sql.ts';
import { readConfig } from '../platform/config.ts';
import { armFailpoint } from '../platform/failpoint.client.ts';
import { rowOf, rowsOf } from '../platform/postgres/db.ts';
import { HomeHeldError } from '../platform/home-lock.client.ts';
import { type HomeRun } from './commands/command.ts';
import { signInLink } from './commands/operate.ts';
import { type OpenHome, openHome } from './context.ts';
import { serveControl } from './control.client.ts';
import { loadScenario, loadScenarioScience } from './scenario/load-scenario.ts';
import { runInHome, settle } from './run-command.ts';
import { buildApp } from './server.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function start(): Promise<void> {
  const config = readConfig(process.env);
  armFailpoint(config.failpoint);
  const began = performance.now();
  const home = await openHome(config);
  try {
    await serve(home, began);
  } catch (error) {
    await home.close();
    throw error;
  }
}

async function serve(home: OpenHome, began: number): Promise<void> {
  const { config } = home.ctx;
  await ensureWebBuilt(say);
  const app = await buildApp(home.ctx);
  let control: { close(): Promise<void> } | null = null;
  const stop = async (): Promise<void> => {
    await control?.close();
    await app.close();
    await home.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  await home.work();
  const science = config.sample === 'province' && (await wantsSample(home)) ? await loadSample(home) : null;
  control = await serveControl(config.home, runInHome(home.ctx));
  await app.listen({ host: config.host, port: config.port });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  say(`Voxloop 客声闭环 is ready after ${((performance.now() - began) / 1000).toFixed(1)} s: http://${config.host}:${port}`);
  await sayLinks(home, `http://${config.host}:${port}`);
  // Pages answer meanwhile; a start that is cut off here does the rest again.
  science?.().catch((error: unknown) => home.ctx.log.error({ error: String(error) }, 'the sample was loaded without its experiments'));
}

const sampleOf = (home: OpenHome): string => join(home.ctx.config.home, 'sample');
const LOADED = 'loaded';

/** An empty home, or one whose sample was cut off half way: loading again adds the rest. */
async function wantsSample(home: OpenHome): Promise<boolean> {
  const sample = sampleOf(home);
  if (existsSync(sample)) return !existsSync(join(sample, LOADED));
  const row = await rowOf(
    home.ctx.db,
    sql<{ some: boolean }>`select exists (select 1 from voices) or exists (select 1 from regions) as some`,
  );
  return row?.some !== true;
}

/** The default world: 15,000 customers, six months up to now. Another VOXLOOP_SAMPLE starts empty. Gives back what can follow once pages answer. */
async function loadSample(home: OpenHome): Promise<() => Promise<void>> {
  const { ctx } = home;
  say('The home is empty: writing and loading the sample province (about a minute; VOXLOOP_SAMPLE=none starts without) …');
  const out = sampleOf(home);
  if (!existsSync(out)) {
    const draft = `${out}.part`;
    rmSync(draft, { recursive: true, force: true });
    await writeProvince({ customers: 15_000, months: 6, seed: 1, until: ctx.clock.now(), out: draft });
    renameSync(draft, out);
  }
  const viewer = await memberNamed(ctx.db, 'operator');
  if (viewer === undefined) throw new Error('The operator is missing.');
  const never = new AbortController().signal;
  const run: HomeRun = {
    argv: [],
    cwd: out,
    out: say,
    err: say,
    signal: never,
    config: ctx.config,
    ctx,
    viewer,
    settle: () => settle(ctx),
  };
  const loaded = await loadScenario(run, out);
  say(`Loaded ${loaded.voices} voices and ${loaded.customers} subscriptions in ${loaded.seconds} s.`);
  return async () => {
    await loadScenarioScience({ ...run, err: () => undefined }, out);
    writeFileSync(join(out, LOADED), '');
  };
}

/** One sign-in per role; each link works once, and the command line makes another. */
async function sayLinks(home: OpenHome, base: string): Promise<void> {
  const { ctx } = home;
  const viewer = await memberNamed(ctx.db, 'operator');
  if (viewer === undefined) return;
  const members = await rowsOf(
    ctx.db,
    sql<{ login: string; role: string; scope: string }>`
      select distinct on (role) m.login, role, m.scope from members m, unnest(m.roles) as role where m.disabled_at is null
      order by role, array_position(array['province', 'city', 'unit-below', 'unit', 'team', 'own'], m.scope), m.login`,
  );
  say('Sign in (each link works once, for a day; another: ./voxloop signin MEMBER):');
  for (const role of ROLES) {
    const member = members.find((one) => one.role === role);
    if (member === undefined) continue;
    const link = new URL(await signInLink({ ctx, viewer }, member.login, 24 * 60));
    say(`  ${role.padEnd(15)} ${member.login.padEnd(16)} ${base}${link.pathname}${link.search}`);
  }
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(error instanceof HomeHeldError ? 3 : 1);
});
