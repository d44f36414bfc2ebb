import { type Sheet, asNumber } from './sheet.ts';

/** What is to be foretold, of a table: one column, as a yes or no. */
export interface Target {
  readonly column: number;
  /** The question in words: `Churn = Yes`, `score <= 6`. */
  readonly meaning: string;
  /** 1 yes, 0 no, −1 not known. */
  readonly labels: Int8Array;
}

export type TargetRead =
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

const YES = new Set(['1', 'yes', 'y', 'true', 't', '是', '有', 'on']);
const NO = new Set(['0', 'no', 'n', 'false', 'f', '否', '无', 'off', '-1']);
type Test = (text: string, value: number) => boolean;

/**
 * `COLUMN`, or a condition on one: `COLUMN<=6`, `COLUMN=Churned`. `positive` names the value that counts as yes.
 * Everything that is unclear is told at once, with the ways out.
 */
export function readTarget(sheet: Sheet, spec: string, positive: string | null): TargetRead {
  const whole = columnNamed(sheet, spec);
  if (whole >= 0) return positive === null ? plainTarget(sheet, whole) : valueTarget(sheet, whole, positive);
  const { title, sign, limit } = conditionOf(spec);
  const column = title === '' ? -1 : columnNamed(sheet, title);
  const problems: string[] = [];
  if (column < 0)
    problems.push(`there is no column "${title === '' ? spec : title}"; the columns are ${listed(sheet.columns.map((c) => c.title))}`);
  if (positive !== null && title !== '') problems.push(`--positive and a condition (${sign}) exclude each other`);
  if (['<', '>', '<=', '>='].includes(sign) && Number.isNaN(asNumber(limit))) problems.push(`"${limit}" behind ${sign} is not a number`);
  if (problems.length > 0) return { kind: 'problems', problems };
  return labelled(sheet, column, `${sheet.columns[column]?.title} ${sign} ${limit}`, testOf(sign, limit));
}

/** The first sign parts a title from a limit; without one all are empty. */
function conditionOf(spec: string): { readonly title: string; readonly sign: string; readonly limit: string } {
  const at = spec.search(/[<>=]|!=/);
  const sign = at < 0 ? '' : (/^(?:<=|>=|!=|==|[<>=])/.exec(spec.slice(at))?.[0] ?? '');
  const limit = spec.slice(at + sign.length).trim();
  return sign === '' || limit === '' ? { title: '', sign: '', limit: '' } : { title: spec.slice(0, at).trim(), sign, limit };
}

function testOf(sign: string, limit: string): Test {
  const bound = asNumber(limit);
  switch (sign) {
    case '<=':
      return (_, x) => x <= bound;
    case '>=':
      return (_, x) => x >= bound;
    case '<':
      return (_, x) => x < bound;
    case '>':
      return (_, x) => x > bound;
    case '!=':
      return (text, x) => text !== limit && !(x === bound);
    default:
      return (text, x) => text === limit || x === bound;
  }
}

function plainTarget(sheet: Sheet, column: number): TargetRead {
  const { title, levels, codes } = sheet.columns[column]!;
  const counts = countsOf(codes, levels.length);
  const [a, b] = levels;
  if (levels.length !== 2 || a === undefined || b === undefined) return { kind: 'problems', problems: notTwo(title, levels, counts) };
  const yes = levels.filter((level) => YES.has(level.toLowerCase()));
  const no = levels.filter((level) => NO.has(level.toLowerCase()));
  const one =
    yes.length === 1 ? yes[0]! : no.length === 1 ? levels.find((level) => level !== no[0])! : (counts[0] ?? 0) <= (counts[1] ?? 0) ? a : b;
  return labelled(sheet, column, `${title} = ${one}`, (text) => text === one);
}

function notTwo(title: string, levels: readonly string[], counts: readonly number[]): readonly string[] {
  if (levels.length === 0) return [`the column "${title}" is empty`];
  if (levels.length === 1) return [`the column "${title}" says "${levels[0]}" in every row: there is nothing to foretell`];
  const most = levels.map((level, i) => ({ level, rows: counts[i] ?? 0 })).toSorted((x, y) => y.rows - x.rows);
  const numeric = levels.every((level) => !Number.isNaN(asNumber(level)));
  return [
    `the column "${title}" has ${levels.length} values, and a target has two: ${listed(most.map(({ level, rows }) => `${level} (${rows})`))}`,
    `name the value that counts as yes: --positive "${most[0]?.level}"`,
    ...(numeric ? [`or give a limit: --target "${title}<=${most[0]?.level}"`] : [`or a condition: --target "${title}=${most[0]?.level}"`]),
  ];
}

function valueTarget(sheet: Sheet, column: number, positive: string): TargetRead {
  const { title, levels } = sheet.columns[column]!;
  const found =
    levels.find((level) => level === positive.trim()) ?? levels.find((level) => level.toLowerCase() === positive.trim().toLowerCase());
  if (found === undefined) return { kind: 'problems', problems: [`no row of "${title}" says "${positive}"; there are ${listed(levels)}`] };
  return labelled(sheet, column, `${title} = ${found}`, (text) => text === found);
}

const LEAST = 10;

function labelled(sheet: Sheet, column: number, meaning: string, test: Test): TargetRead {
  const { codes, levels } = sheet.columns[column]!;
  const byLevel = Int8Array.from(levels, (level) => (test(level, asNumber(level)) ? 1 : 0));
  const labels = Int8Array.from(codes, (code) => (code < 0 ? -1 : (byLevel[code] ?? 0)));
  const yes = labels.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
  const no = labels.reduce((sum, label) => sum + (label === 0 ? 1 : 0), 0);
  if (Math.min(yes, no) >= LEAST) return { kind: 'target', target: { column, meaning, labels } };
  return {
    kind: 'problems',
    problems: [
      `${meaning} holds in ${yes} rows and does not in ${no}: at least ${LEAST} of each are needed, choose another value or limit`,
    ],
  };
}

/** The title as it stands, else without regard to case and blanks; −1 where there is none. */
export function columnNamed(sheet: Sheet, title: string): number {
  const wanted = title.trim();
  const exact = sheet.columns.findIndex((column) => column.title === wanted);
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]+/g, '');
  return exact >= 0 ? exact : sheet.columns.findIndex((column) => plain(column.title) === plain(wanted));
}

export function listed(names: readonly string[], most = 60): string {
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  return names.length > most ? `${shown.join(', ')} … (${names.length} in all)` : shown.join(', ');
}

export function countsOf(codes: Int32Array, levels: number): number[] {
  const counts = Array.from({ length: levels }, () => 0);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
