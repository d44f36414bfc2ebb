import { resolve } from 'node:path';
import { ENCODINGS, type Encoding } from '../../ingest/files/records.ts';
import { scoreDrivers, type ScoreDrivers } from '../../predict/satisfaction/score-drivers.client.ts';
import { loadPack, packDirectory } from '../../understand/load-pack.client.ts';
import { type Command, jsonLine, read, type Run, UsageError, wholeOf } from './command.ts';
import { dateColumns } from './date-columns.ts';
import { rounded, sheetOf } from './model.ts';

const usage =
  'satisfaction drivers FILE --score COLUMN [--leave-out COLUMN,…] [--basic COLUMN,…] [--low N] [--seed N] [--sheet S] [--encoding E] [--json]';

const options = {
  score: { type: 'string' },
  'leave-out': { type: 'string', multiple: true },
  basic: { type: 'string', multiple: true },
  low: { type: 'string' },
  seed: { type: 'string' },
  sheet: { type: 'string' },
  encoding: { type: 'string' },
} as const;

export const satisfactionDriversCommand: Command = {
  words: 'satisfaction drivers',
  usage,
  help: 'Tell what drives an overall score in any table of answers',
  needs: 'none',
  run: async (run: Run) => {
    const { values, positionals } = read(run, options, { min: 1, max: 1, usage });
    const problems = [
      ...(values.score === undefined ? ['--score COLUMN is missing'] : []),
      ...(values.low !== undefined && !Number.isFinite(Number(values.low)) ? [`--low must be a number, not "${values.low}"`] : []),
      ...(values.encoding !== undefined && !ENCODINGS.includes(values.encoding as Encoding)
        ? [`--encoding is one of ${ENCODINGS.join(', ')}`]
        : []),
    ];
    if (problems.length > 0) throw new UsageError(`${problems.join('\n')}\nusage: voxloop ${usage}`);
    const sheet = await sheetOf(resolve(run.cwd, positionals[0] ?? ''), {
      ...(values.encoding === undefined ? {} : { encoding: values.encoding as Encoding }),
      ...(values.sheet === undefined ? {} : { sheet: values.sheet }),
    });
    const pack = await loadPack(packDirectory(run.config.pack));
    const analysed = await scoreDrivers(
      sheet,
      {
        score: values.score ?? '',
        leaveOut: titles(values['leave-out']),
        basics: titles(values.basic),
        rules: pack.survey?.basics ?? [],
        low: values.low === undefined ? null : Number(values.low),
        seed: wholeOf(values.seed, 'seed', 1),
        dates: dateColumns(sheet, run.config.timeZone),
      },
      { signal: run.signal },
    );
    if (analysed.kind === 'problems') throw new UsageError(analysed.problems.join('\n'));
    if (values.json === true) run.out(jsonLine(rounded(analysed.found)));
    else for (const line of inWords(analysed.found)) run.out(line);
    return 0;
  },
};

/** `--leave-out A,B --leave-out C`: a title with a comma in it is given alone, with the comma escaped: `A\,B`. */
const titles = (given: readonly string[] | undefined): readonly string[] =>
  (given ?? []).flatMap((one) => one.split(/(?<!\\),/).map((title) => title.replaceAll('\\,', ',').trim())).filter((title) => title !== '');

function inWords(found: ScoreDrivers): readonly string[] {
  const number = (value: number, digits = 2): string => value.toFixed(digits);
  return [
    `${found.score}: mean ${number(found.mean)} of ${found.answered} answers (${found.rows} rows), ${number(100 * found.low_share, 1)} % at most ${found.low_at_most}`,
    `A low score is foretold with AUC ${number(found.auc, 3)} [${number(found.auc_low, 3)} – ${number(found.auc_high, 3)}]: ${found.verdict}`,
    ...found.warnings.map((warning) => `! ${warning.says}`),
    // Without a signal a list of drivers would be a list of accidents.
    ...(found.verdict === 'no_signal' ? [] : explained(found)),
  ];
}

function explained(found: ScoreDrivers): readonly string[] {
  const number = (value: number, digits = 2): string => value.toFixed(digits);
  const line = (one: ScoreDrivers['drivers'][number]): string =>
    `  ${one.name}${one.value === null ? '' : ` = ${one.value}`}: ${number(100 * one.weight, 1)} % [${number(100 * one.low, 1)} – ${number(100 * one.high, 1)}], ` +
    `${number(one.effect)} [${number(one.effect_low)} – ${number(one.effect_high)}] points ${one.unit === 'yes' ? 'if so' : 'per standard deviation'}`;
  return [
    `What explains the score (R² ${number(found.r2)}), share of the explained and effect:`,
    ...found.drivers.slice(0, 12).map(line),
    ...(found.ratings.length === 0
      ? []
      : [`Ratings of parts against each other (R² ${number(found.ratings_r2)}):`, ...found.ratings.map(line)]),
    ...found.collinear.map((one) => `"${one.dropped}" says the same as "${one.kept}" (r ${number(one.r)}, ${one.why}): left out`),
  ];
}
