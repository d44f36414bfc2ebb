import { scopeOf } from '../../model/scope.ts';
import type { PairResult } from '../../model/pair-views.ts';
import { problemText } from '../../model/problem-texts.ts';
import type { SchemeId } from '../../model/segment-views.ts';
import { instantOfWall } from '../../model/zoned-time.ts';
import { pairAnswers, type PairAnswer } from '../../predict/index.ts';
import { runPairs, segmentsNow } from '../../predict/read.sql.ts';
import { type Command, type HomeRun, jsonLine, read, UsageError, wholeOf } from './command.ts';

const usage = 'pairs [--window 7d] [--by SCHEME] [--min-expected 5] [--from DAY] [--before DAY] [--json]';
const MOST_DAYS = 90;
/** What `--by` knows: the segments by rule, or a scheme whose newest run says where customers are; also by the name of its dimension. */
const SCHEME_BY: Readonly<Record<string, SchemeId>> = {
  segment: 'rules',
  temperament: 'temperament',
  clusters: 'clusters',
  cluster: 'clusters',
  usage: 'usage',
  usage_group: 'usage',
};
const SCHEMES_SAID = 'segment, temperament, clusters, usage';

/** Which grievance leads to which complaint, among the voices that the member may see. */
export const pairsCommand: Command = {
  words: 'pairs',
  usage,
  help: 'Which grievance leads to which complaint, against the same customers’ other days',
  details: [
    '',
    `  --window 7d         days after a grievance in which complaints count (1d … ${MOST_DAYS}d)`,
    '  --by segment        where segments (by rule) differ, one row per segment instead of one for all customers',
    '  --by temperament, --by clusters, --by usage',
    '                      the same by the segments of another scheme, as its newest run says',
    '  --min-expected 5    complaints that must be expected by chance before a pair is tested',
    '  --from, --before    only what was said from this day on, and before that day (2026-03-01)',
    '  --json              one JSON array and nothing else',
    '',
    'A row: grievance, complaint, segment where it speaks of one, ratio with its 95 % interval (low, high), p,',
    'q (Benjamini–Hochberg within the segment and window), significant (q ≤ 0.05), excess_per_1000 (additional complaints',
    'per 1,000 grievances; below 0: spared) and customers (with such a complaint in the window).',
    '',
    'Temperaments, clusters and usage groups follow from what customers did, complaints included, over 180 days: where those are',
    'days that are counted, part of what differs between them is how they were told apart.',
  ].join('\n'),
  needs: 'home',
  right: 'numbers.read',
  run: async (run: HomeRun) => {
    const { values } = read(
      run,
      {
        window: { type: 'string' },
        by: { type: 'string' },
        'min-expected': { type: 'string' },
        from: { type: 'string' },
        before: { type: 'string' },
      },
      { min: 0, max: 0, usage },
    );
    const question = questionOf(values, run.ctx.config.timeZone);
    if (question.scheme !== 'rules' && (await segmentsNow(run.ctx.db, run.ctx.pack, question.scheme)).ids.length === 0)
      throw new UsageError(`--by ${values.by}: ${problemText({ code: 'segments-none' }, 'en')}`);
    const { result } = await runPairs(run.ctx, scopeOf(run.viewer), question, { signal: run.signal });
    const rows = pairAnswers(result, question.by);
    if (values.json === true) run.out(jsonLine(rows));
    else for (const line of table(rows, result)) run.out(line);
    return 0;
  },
};

type Values = Readonly<Partial<Record<'window' | 'by' | 'min-expected' | 'from' | 'before', string | undefined>>>;

/** All that is wrong with the options is said at once. */
function questionOf(values: Values, zone: string) {
  const problems: string[] = [];
  const said = (work: () => number): number => {
    try {
      return work();
    } catch (error) {
      problems.push((error as Error).message);
      return 0;
    }
  };
  const windowDays = said(() => daysOf(values.window ?? '7d'));
  const minExpected = said(() => wholeOf(values['min-expected'], 'min-expected', 5, 1));
  const scheme = values.by === undefined ? 'rules' : Object.hasOwn(SCHEME_BY, values.by) ? SCHEME_BY[values.by] : undefined;
  if (scheme === undefined) problems.push(`--by knows ${SCHEMES_SAID}, not "${values.by}"`);
  const day = (name: 'from' | 'before'): string | null => {
    const text = values[name];
    if (text === undefined) return null;
    const wall = Date.parse(`${text}T00:00:00Z`);
    if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== text) {
      problems.push(`--${name} must be a day such as 2026-03-01, not "${text}"`);
      return null;
    }
    return new Date(instantOfWall(wall, zone)).toISOString();
  };
  const [from, before] = [day('from'), day('before')];
  if (from !== null && before !== null && from >= before) problems.push('--from must be earlier than --before');
  if (problems.length > 0 || scheme === undefined) throw new UsageError([...problems, `usage: voxloop ${usage}`].join('\n'));
  return {
    windowDays,
    scheme,
    minExpected,
    from,
    before,
    closely: false,
    by: values.by === undefined ? ('all' as const) : ('segment' as const),
  };
}

function daysOf(text: string): number {
  const days = Number(/^(\d+)d?$/.exec(text)?.[1] ?? Number.NaN);
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw new UsageError(`--window must be 1d to ${MOST_DAYS}d, not "${text}"`);
}

const HEAD = ['grievance', 'complaint', 'segment', 'ratio', '95 %', 'q', 'per 1,000', 'customers'];

function table(rows: readonly PairAnswer[], { summary }: PairResult): readonly string[] {
  const shown = rows.filter((row) => row.significant);
  const cells = shown.map((row) => [
    row.grievance,
    row.complaint,
    row.segment ?? '',
    row.ratio.toFixed(2),
    `${row.low.toFixed(2)}–${row.high.toFixed(2)}`,
    row.q < 0.001 ? '<0.001' : row.q.toFixed(3),
    row.excess_per_1000.toFixed(1),
    String(row.customers),
  ]);
  const widths = HEAD.map((title, i) => Math.max(title.length, ...cells.map((line) => line[i]?.length ?? 0)));
  const line = (texts: readonly string[]): string =>
    texts.map((text, i) => (i < 3 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join('  ');
  const told = `${summary.from} … ${summary.before}: ${summary.grievances} grievances, ${summary.complaints} complaints of ${summary.customers} customers`;
  return [
    told,
    `${shown.length} of ${rows.length} pairs are more than chance within ${summary.window_days} days`,
    '',
    line(HEAD),
    ...cells.map(line),
  ];
}
