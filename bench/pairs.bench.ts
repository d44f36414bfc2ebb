import { DuckDBInstance } from '@duckdb/node-api';
import { judgePairs, plantedLog } from '../test/kit/planted-pairs.ts';
import { seededRandom } from '../src/maths/seeded-random.ts';
import { rateEstimate } from '../src/maths/self-controlled/rate-sums.ts';
import { cellOf } from '../src/predict/pairs/estimate-pairs.ts';
import { type EventLog, orderLog } from '../src/predict/pairs/event-log.ts';
import { type CountedPairs, countPairs, scanInputOf } from '../src/predict/pairs/pairs-of.ts';
import { printMachine, printTable, whole } from './kit/report.ts';
import { spent } from './kit/spent.ts';

/**
 * `npm run bench pairs [speed | worlds | misread]`. speed: 1M and 10M events of 30 × 20 types, beside the same estimator in DuckDB SQL on the same rows in the same run.
 * worlds: 20 planted worlds of 200,000 customers, seed by seed. misread: what wrong categories cost.
 */
const part = process.argv[2];
const parts = Array.from({ length: 7 }, (_, i) => i);
printMachine('pairs');
if (part === undefined || part === 'speed') await speed();
if (part === undefined || part === 'worlds') worlds();
if (part === undefined || part === 'misread') misread();

async function speed(): Promise<void> {
  const rows: string[][] = [];
  for (const customers of [104_000, 1_040_000]) {
    const log = plantedLog(7, customers);
    const mixed = shuffled(log);
    const ours = await spent(async () => countPairs(orderLog(mixed), { windowDays: 7 }));
    const memory = process.memoryUsage.rss();
    const ordered = orderLog(log);
    const sql = customers < 500_000 || process.argv[3] !== 'no-sql' ? await inDuckDb(ordered, ours.result) : null;
    rows.push([
      whole(log.types.length),
      (ours.ms / 1000).toFixed(2),
      (ours.cpuMs / 1000).toFixed(2),
      whole(log.types.length / (ours.cpuMs / 1000)),
      whole(memory / 2 ** 20),
      sql === null ? '–' : (sql.ms / 1000).toFixed(1),
      sql === null ? '–' : (sql.cpuMs / 1000).toFixed(1),
      sql === null ? '–' : (sql.cpuMs / ours.cpuMs).toFixed(1),
      sql === null ? '–' : sql.apart.toExponential(1),
    ]);
  }
  printTable(
    ['events', 's', 'CPU s', 'events per CPU s', 'RSS MB', 'DuckDB s', 'DuckDB CPU s', 'times as fast (CPU)', 'ratios differ by'],
    rows,
  );
}

/** As they come from several sources: customers in any order, times in any order. */
function shuffled(log: EventLog): EventLog {
  const random = seededRandom(1, 'order');
  const order = Uint32Array.from(log.types, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const k = random.int(i + 1);
    const kept = order[i] as number;
    order[i] = order[k] as number;
    order[k] = kept;
  }
  return {
    ...log,
    customers: Uint32Array.from(order, (at) => log.customers[at] as number),
    atMinutes: Int32Array.from(order, (at) => log.atMinutes[at] as number),
    types: Uint16Array.from(order, (at) => log.types[at] as number),
    kinds: Uint8Array.from(order, (at) => log.kinds[at] as number),
  };
}

/**
 * The same sums by SQL on one thread: windows united by gaps and islands, the calendar (handed over as a table, so SQL is spared making it) looked up at both ends of each
 * window, outcomes by a range join. Events without what one contact recorded twice, and the calendar, come from ours.
 */
async function inDuckDb(ordered: ReturnType<typeof orderLog>, counted: CountedPairs) {
  const { log, events } = ordered;
  const input = scanInputOf(ordered, { windowDays: 7 });
  const { calendar } = input;
  const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await db.run('create table e (c integer, t integer, code integer)');
  const appender = await db.createAppender('e');
  for (let c = 0; c < log.customerCount; c++)
    for (let i = events.starts[c] as number; i < (events.starts[c + 1] as number); i++) {
      appender.appendInteger(c);
      appender.appendInteger((events.times[i] as number) - calendar.span.from);
      appender.appendInteger(events.codes[i] as number);
      appender.endRow();
    }
  appender.closeSync();
  await db.run('create table r (c integer, g integer)');
  const regions = await db.createAppender('r');
  log.regions.forEach((region, c) => {
    regions.appendInteger(c);
    regions.appendInteger(region);
    regions.endRow();
  });
  regions.closeSync();
  await db.run('create table cal (g integer, k integer, d integer, l double, step double)');
  const cal = await db.createAppender('cal');
  for (let g = 0; g < log.regionCount; g++)
    for (let k = 0; k < log.complaintTypes; k++)
      for (let d = 0; d <= calendar.days; d++) {
        const at = (g * log.complaintTypes + k) * (calendar.days + 1) + d;
        const here = calendar.cumulative[at] as number;
        cal.appendInteger(g);
        cal.appendInteger(k);
        cal.appendInteger(d);
        cal.appendDouble(here);
        cal.appendDouble(d === calendar.days ? 0 : (calendar.cumulative[at + 1] as number) - here);
        cal.endRow();
      }
  cal.closeSync();
  await db.run('create table share (m integer, s double)');
  const share = await db.createAppender('share');
  calendar.dayShare.forEach((value, m) => {
    share.appendInteger(m);
    share.appendDouble(value);
    share.endRow();
  });
  share.closeSync();
  const [gap, window, end, G] = [input.gap, input.window, calendar.days * 1440, log.grievanceTypes];
  const query = `
    with grieved as (select c, code as g, t + ${gap} as lo, least(t + ${window}, ${end}) as hi from e where code < ${G} and t + ${gap} < ${end}),
    marked as (select *, case when lo <= lag(hi) over w then 0 else 1 end as starts from grieved window w as (partition by c, g order by lo)),
    islands as (select *, sum(starts) over (partition by c, g order by lo rows unbounded preceding) as island from marked),
    united as (select c, g, island, min(lo) as lo, max(hi) as hi from islands group by c, g, island),
    complained as (select e.c, r.g as region, code - ${G} as k, count(*) as n from e join r on r.c = e.c where code >= ${G} group by all),
    exposed as (
      select u.c, u.g, o.k, o.n, o.region,
        sum(ch.l + sh.s * ch.step - cl.l - sl.s * cl.step) as mass
      from united u join complained o on o.c = u.c
      join cal cl on cl.g = o.region and cl.k = o.k and cl.d = u.lo // 1440 join share sl on sl.m = u.lo % 1440
      join cal ch on ch.g = o.region and ch.k = o.k and ch.d = u.hi // 1440 join share sh on sh.m = u.hi % 1440
      group by all),
    inside as (
      select u.c, u.g, e.code - ${G} as k, count(*) as a from united u join e on e.c = u.c and e.code >= ${G} and e.t >= u.lo and e.t < u.hi group by all),
    strata as (
      select x.g, x.k, x.n, coalesce(i.a, 0) as a, x.mass / t.l as s
      from exposed x join cal t on t.g = x.region and t.k = x.k and t.d = ${calendar.days} left join inside i on i.c = x.c and i.g = x.g and i.k = x.k)
    select g, k, sum(a * (1 - s)) as up, sum((n - a) * s) as down from strata group by g, k`;
  const run = await spent(async () => (await db.runAndReadAll(query)).getRows());
  const apart = Math.max(
    ...run.result.map(([g, k, up, down]) => {
      const own = rateEstimate(cellOf(counted.sums, parts, Number(g), Number(k)).after);
      return own === null ? 0 : Math.abs(Number(up) / Number(down) / own.ratio - 1);
    }),
  );
  return { ms: run.ms, cpuMs: run.cpuMs, apart };
}

function worlds(): void {
  const judged = Array.from({ length: 20 }, (_, i) => ({ seed: i + 1, ...judgePairs(plantedLog(i + 1, 200_000)) }));
  printTable(
    ['seed', 'claims', 'false', 'found', 'false, by segment', 'found, by segment', 'wrong sign', 'coverage on nulls', 'outage pair'],
    judged.map((one) => [
      String(one.seed),
      String(one.claims),
      one.falseShare.toFixed(3),
      String(one.found),
      one.falseShareBySegment.toFixed(3),
      String(one.foundBySegment),
      String(one.wrongSign),
      one.coverage.toFixed(3),
      `${one.outage.ratio.toFixed(2)} [${one.outage.low.toFixed(2)}–${one.outage.high.toFixed(2)}]`,
    ]),
  );
  const mean = (of: (one: (typeof judged)[number]) => number): string =>
    (judged.reduce((sum, one) => sum + of(one), 0) / judged.length).toFixed(3);
  const holding = judged.filter(({ outage }) => outage.low <= 1 && outage.high >= 1).length;
  console.log(
    `\nmean false share ${mean((one) => one.falseShare)}, by segment ${mean((one) => one.falseShareBySegment)}; coverage ${mean((one) => one.coverage)}; outage pair holds 1 in ${holding} of 20\n`,
  );
}

/** Categories wrong at random for a share of the events: what a reader's mistakes do to the claims. */
function misread(): void {
  const rows = [0, 0.05, 0.1, 0.16].map((wrong) => {
    const judged = [1, 2, 3, 4].map((seed) => {
      const log = plantedLog(seed, 200_000);
      const random = seededRandom(seed, 'misread');
      const types = log.types.map((type, i) =>
        random.chance(wrong) ? random.int(log.kinds[i] === 0 ? log.grievanceTypes : log.complaintTypes) : type,
      );
      return judgePairs({ ...log, types });
    });
    const mean = (of: (one: (typeof judged)[number]) => number): number => judged.reduce((sum, one) => sum + of(one), 0) / judged.length;
    return [wrong.toFixed(2), mean((one) => one.falseShare).toFixed(3), mean((one) => one.found).toFixed(1)];
  });
  printTable(['share of wrong categories', 'false share of claims, 4 seeds', 'found of 30'], rows);
}
