import { DuckDBInstance } from '@duckdb/node-api';
import { judgePairs, plantedLog } from '../test/kit/planted-pairs.ts';
import { seededRandom } from '../src/maths/seeded-random.ts';
import { SHRINK_TO_MEAN } from '../src/maths/self-controlled/calendar.ts';
import type { RateSums } from '../src/maths/self-controlled/rate-sums.ts';
import { cellOf } from '../src/predict/pairs/estimate-pairs.ts';
import { CONTACT, type EventLog, GRIEVANCE, orderLog } from '../src/predict/pairs/event-log.ts';
import { type CountedPairs, countPairs } from '../src/predict/pairs/pairs-of.ts';
import { buildReader, defaultModel } from '../src/understand/index.ts';
import { loadPack } from '../src/understand/load-pack.client.ts';
import { pairsByReader } from './kit/pairs-by-reader.ts';
import { printMachine, printTable, whole } from './kit/report.ts';
import { spent } from './kit/spent.ts';

/**
 * `npm run bench pairs [speed [sql | no-sql [CUSTOMERS,…]] | worlds [FIRST [LAST]] | misread | reader [CUSTOMERS [SEEDS]]]`. speed: 1M and 10M events of 30 × 20 types, beside the same estimator in DuckDB SQL on the same rows in the same run.
 * worlds: 20 planted worlds of 200,000 customers, seed by seed. misread: what wrong categories cost. reader: what
 * the shipped reader's categories cost, beside the agents'.
 */
const part = process.argv[2];
const FEW = 1_000;
const parts = Array.from({ length: 7 }, (_, i) => i);
printMachine('pairs');
if (part === undefined || part === 'speed') await speed();
if (part === undefined || part === 'worlds') worlds();
if (part === undefined || part === 'misread') misread();
if (part === undefined || part === 'reader') await byReader(Number(process.argv[3] ?? 20_000), Number(process.argv[4] ?? 3));

async function speed(): Promise<void> {
  const rows: string[][] = [];
  for (const customers of (process.argv[4] ?? '104000,1040000').split(',').map(Number)) {
    const log = plantedLog(7, customers);
    const mixed = shuffled(log);
    const ours = await spent(async () => countPairs(orderLog(mixed), { windowDays: 7 }));
    const memory = process.memoryUsage.rss();
    const isAlone = process.argv[3] === 'no-sql';
    const lean = isAlone ? null : await inDuckDb(mixed, ours.result, 'ratios');
    const sql = isAlone ? null : await inDuckDb(mixed, ours.result, 'all sums');
    rows.push([
      whole(log.types.length),
      (ours.ms / 1000).toFixed(2),
      (ours.cpuMs / 1000).toFixed(2),
      whole(log.types.length / (ours.cpuMs / 1000)),
      whole(memory / 2 ** 20),
      sql === null ? '–' : (sql.ms / 1000).toFixed(1),
      sql === null ? '–' : (sql.cpuMs / 1000).toFixed(1),
      sql === null ? '–' : (sql.cpuMs / ours.cpuMs).toFixed(1),
      lean === null ? '–' : (lean.cpuMs / ours.cpuMs).toFixed(1),
      sql === null ? '–' : sql.apart.toExponential(1),
    ]);
  }
  printTable(
    [
      'events',
      's',
      'CPU s',
      'events per CPU s',
      'RSS MB',
      'DuckDB s',
      'DuckDB CPU s',
      'times as fast (CPU)',
      'as DuckDB on the ratios alone',
      'ratios differ by',
    ],
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
 * The same estimator by SQL on one thread, from the same rows in the same order to the same ratios, planned as well as we know how: what one contact recorded
 * twice left out by window functions; the calendar of regions with the same shrinkage; windows united by gaps and islands; one hash join of windows and
 * complaints on the customer (no join by range: what lies inside is a sum); the calendar looked up at both ends by a dense key, which DuckDB joins by place;
 * one aggregation on one number. `all sums`: everything that ours adds up in its walk, by segment, with the negative control and what the error of a ratio is
 * made of; `ratios`: of all customers, the ratio alone. A chain of repeats within half an hour each is cut elsewhere than by ours, so that ratios
 * differ a little.
 */
async function inDuckDb(log: EventLog, counted: CountedPairs, what: 'ratios' | 'all sums') {
  const { windowDays, span } = counted;
  const [contact, gap, end, G, K] = [CONTACT.minutes, CONTACT.minutes + 1, span.before - span.from, log.grievanceTypes, log.complaintTypes];
  const [days, window] = [end / 1440, windowDays * 1440];
  const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await db.run('create table raw (c integer, t integer, code integer, region integer, part integer)');
  const appender = await db.createAppender('raw');
  log.customers.forEach((customer, row) => {
    appender.appendInteger(customer);
    appender.appendInteger((log.atMinutes[row] as number) - span.from);
    appender.appendInteger((log.types[row] as number) + (log.kinds[row] === GRIEVANCE ? 0 : G));
    appender.appendInteger(log.regions[customer] as number);
    appender.appendInteger(log.segments[customer] as number);
    appender.endRow();
  });
  appender.closeSync();
  const contacts = `
    create table e as select c, t, code, region, part from (
      select *, lag(t) over (partition by c, code order by t) as same,
        count(*) filter (where code >= ${G}) over (partition by c order by t range between ${contact} preceding and ${contact} following) as complaints from raw)
    where (same is null or t - same > ${contact}) and (code >= ${G} or complaints = 0)`;
  const calendar = `
    create table cal as with
    counts as (select region, code - ${G} as k, t // 1440 as d, count(*) as n from e where code >= ${G} group by all),
    grid as (select region, k, d from range(${log.regionCount}) r(region), range(${K}) s(k), range(${days}) u(d)),
    smooth as (
      select region, k, d, coalesce(n, 0) + ${SHRINK_TO_MEAN} * sum(n) over w / ${days} as m, sum(n) over w * (1 + ${SHRINK_TO_MEAN}) as total
      from grid left join counts using (region, k, d) window w as (partition by region, k))
    select ((region * ${K} + k) * ${days + 1} + d)::integer as slot,
      (sum(m) over (partition by region, k order by d rows unbounded preceding) - m) / total as l, m / total as step from smooth
    union all select ((region * ${K} + k) * ${days + 1} + ${days})::integer, 1, 0 from range(${log.regionCount}) r(region), range(${K}) s(k)`;
  const share = `
    create table share as with
    quarters as (select q, count(e.t) as n from range(96) r(q) left join e on e.t % 1440 // 15 = q and e.code >= ${G} group by q),
    smooth as (select q, (n + ${SHRINK_TO_MEAN} * sum(n) over () / 96) / (sum(n) over () * (1 + ${SHRINK_TO_MEAN})) / 15 as step from quarters),
    minutes as (select q * 15 + x as m, step from smooth, range(15) s(x))
    select m::integer as m, sum(step) over (order by m rows unbounded preceding) - step as s from minutes`;
  // [kind of window, its begin and end]: after a grievance; with the gap on both sides; with the time as long before, for the negative control.
  const kinds = [
    `select c, code as g, 0 as kind, t + ${gap} as lo, least(t + ${window}, ${end}) as hi from e where code < ${G} and t + ${gap} < ${end}`,
    `select c, code, 1, greatest(t - ${gap}, 0), least(t + ${window}, ${end}) from e where code < ${G}`,
    `select c, code, 2, greatest(t - ${window}, 0), least(t + ${window}, ${end}) from e where code < ${G}`,
  ].slice(0, what === 'ratios' ? 1 : 3);
  const joined = `
    with grieved as (${kinds.join(' union all ')}),
    marked as (select *, case when lo <= lag(hi) over w then 0 else 1 end as starts from grieved window w as (partition by c, g, kind order by lo)),
    islands as (select *, sum(starts) over (partition by c, g, kind order by lo rows unbounded preceding) as island from marked),
    united as (select c, g, kind, min(lo) as lo, max(hi) as hi from islands group by c, g, kind, island),
    windows as (
      select c, g, kind, lo, hi, lo // 1440 as lo_day, hi // 1440 as hi_day, a.s as lo_share, b.s as hi_share
      from united join share a on a.m = lo % 1440 join share b on b.m = hi % 1440),
    complained as (
      select c, t, part, code - ${G} as k, (region * ${K} + code - ${G}) * ${days + 1} as slot, count(*) over (partition by c, code) as n from e where code >= ${G}),
    inside as (
      select (o.c::bigint * ${G} + w.g) * ${K} + o.k as id, kind, part, o.n, (o.t >= w.lo and o.t < w.hi)::integer as is_in,
        h.l + w.hi_share * h.step - l.l - w.lo_share * l.step as expected
      from windows w join complained o on o.c = w.c join cal l on l.slot = o.slot + w.lo_day join cal h on h.slot = o.slot + w.hi_day)`;
  const ratios = `${joined},
    strata as (select id, any_value(n) as n, sum(is_in) as a, sum(expected) / any_value(n) as s from inside group by id)
    select id // ${K} % ${G} as g, id % ${K} as k, sum(a * (1 - s)) as up, sum((n - a) * s) as down from strata group by g, k`;
  const allSums = `${joined},
    strata as (
      select id, any_value(part) as part, any_value(n) as n,
        sum(is_in) filter (kind = 0) as a, sum(is_in) filter (kind = 1) as close, sum(is_in) filter (kind = 2) as wide,
        sum(expected) filter (kind = 0) / any_value(n) as s, sum(expected) filter (kind = 1) / any_value(n) as s_close,
        sum(expected) filter (kind = 2) / any_value(n) as s_wide
      from inside group by id),
    sides as (
      select id, part, n, coalesce(a, 0) as a, coalesce(s, 0) as s, wide - close as b, n - close as m, (s_wide - s_close) / nullif(1 - s_close, 0) as r from strata),
    products as (
      select *, a * (1 - s) as up, (n - a) * s as down, b * (1 - r) as b_up, (m - b) * r as b_down from sides)
    select part, id // ${K} % ${G} as g, id % ${K} as k, sum(up) as up, sum(down) as down, sum(n * s * (1 - s)) as information, sum(up * up) as upup,
      sum(up * down) as updown, sum(down * down) as downdown, sum(a) as inside, sum(n - a) as outside, sum(n * s) as expected,
      sum(b_up) as b_up, sum(b_down) as b_down, sum(m * r * (1 - r)) as b_information, sum(b_up * b_up) as b_upup, sum(b_up * b_down) as b_updown,
      sum(b_down * b_down) as b_downdown, sum(b) as b_inside, sum(m - b) as b_outside, sum(m * r) as b_expected, count(*) filter (a > 0) as subjects
    from products group by part, g, k`;
  const query = what === 'ratios' ? ratios : allSums;
  const run = await spent(async () => {
    for (const each of [contacts, calendar, share]) await db.run(each);
    return (await db.runAndReadAll(query)).getRows();
  });
  const apart =
    what === 'ratios'
      ? run.result.map(([g, k, up, down]) => apartBy(cellOf(counted.sums, parts, Number(g), Number(k)).after, up, down))
      : run.result.flatMap(([part, g, k, up, down, , , , , , , , bUp, bDown]) => {
          const own = cellOf(counted.sums, [Number(part)], Number(g), Number(k));
          return [apartBy(own.after, up, down), apartBy(own.before, bUp, bDown)];
        });
  return { ms: run.ms, cpuMs: run.cpuMs, apart: Math.max(...apart) };
}

/** How far ratios are from each other; rare cells, of which a single stratum cut otherwise is a part that shows, are left out. */
function apartBy(own: RateSums, up: unknown, down: unknown): number {
  return own.inside < FEW || own.outside < FEW ? 0 : Math.abs(Number(up) / Number(down) / (own.up / own.down) - 1);
}

function worlds(): void {
  const [FIRST = 1, LAST = 20] = process.argv.slice(3).map(Number);
  const judged = Array.from({ length: LAST - FIRST + 1 }, (_, i) => ({ seed: FIRST + i, ...judgePairs(plantedLog(FIRST + i, 200_000)) }));
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
    `\nmean false share ${mean((one) => one.falseShare)}, by segment ${mean((one) => one.falseShareBySegment)}; coverage ${mean((one) => one.coverage)}; outage pair holds 1 in ${holding} of ${judged.length}\n`,
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

/** The claims through the reader's categories beside those through the agents', on the very same told worlds. */
async function byReader(customers: number, seeds: number): Promise<void> {
  const pack = await loadPack();
  const reader = buildReader(pack, defaultModel(pack, 1), 'bench');
  const rows: string[][] = [];
  for (let seed = 41; seed < 41 + seeds; seed++) {
    const found = await pairsByReader(pack, reader, seed, customers);
    for (const name of ['agent', 'reader'] as const) {
      const { events, right, claims, falseShare, found: pairs } = found[name];
      rows.push([String(seed), name, whole(events), (right / events).toFixed(3), String(claims), falseShare.toFixed(3), String(pairs)]);
    }
  }
  printTable(['seed', 'category by', 'events', 'rightly filed', 'claims', 'false share of claims', 'true pairs found'], rows);
}
