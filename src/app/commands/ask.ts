import { z } from 'zod';
import { ask, refuseUnknownValues, searchVoices } from '../../analyse/read.sql.ts';
import type { Filter, Question } from '../../model/question.ts';
import { Refusal } from '../../platform/http/route.ts';
import { problemText } from '../../model/problem-texts.ts';
import { filterSchema, questionSchema } from '../../model/question.ts';
import { type Command, type HomeRun, UsageError, jsonLine, read, wholeOf } from './command.ts';

export const askCommand: Command = {
  words: 'ask',
  usage: "ask '<question as JSON>' [--json]",
  help: 'Answer a question about voices',
  needs: 'home',
  right: 'numbers.read',
  run: async (run: HomeRun) => {
    const { values, positionals } = read(run, {}, { min: 1, max: 1, usage: "ask '<question>' --json" });
    const question = parsed(questionSchema, positionals[0] ?? '', 'question') as Question;
    const answer = await refusable(() => ask(run.ctx, run.viewer, question));
    if (values.json === true) run.out(jsonLine(answer));
    else {
      run.out(answer.columns.map((column) => column.names.zh).join('\t'));
      for (const row of answer.rows) run.out(answer.columns.map((column) => row[column.name] ?? '').join('\t'));
      run.out(`(${answer.rows.length} / ${answer.total_rows}, ${answer.as_of})`);
    }
    return 0;
  },
};

export const voicesCommand: Command = {
  words: 'voices',
  usage: "voices '<where as JSON>' [--limit N] [--cursor C] [--json]",
  help: 'List the voices that filters open',
  needs: 'home',
  right: 'voices.read',
  run: async (run: HomeRun) => {
    const { values, positionals } = read(
      run,
      { limit: { type: 'string' }, cursor: { type: 'string' } },
      { min: 0, max: 1, usage: "voices '<where>' --json" },
    );
    const where = parsed(z.array(filterSchema), positionals[0] ?? '[]', 'where') as readonly Filter[];
    const limit = wholeOf(values.limit, 'limit', 20);
    const page = await refusable(async () => {
      await refuseUnknownValues(run.ctx, run.viewer, where);
      return searchVoices(run.ctx, run.viewer, where, { limit, ...(values.cursor === undefined ? {} : { cursor: values.cursor }) });
    });
    if (values.json === true) run.out(jsonLine({ count: page.count, rows: page.rows, next: page.next, as_of: page.as_of }));
    else {
      for (const row of page.rows) run.out(`${row.said_at}  ${row.kind}  ${row.category ?? 'unmapped'}  ${row.text}`);
      run.out(`(${page.rows.length} / ${page.count})`);
    }
    return 0;
  },
};

function parsed(schema: z.ZodType, text: string, what: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The ${what} is not JSON: ${(error as Error).message}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new UsageError(result.error.issues.map((issue) => `${what}.${issue.path.join('.')}: ${issue.message}`).join('\n'));
}

async function refusable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal)
      throw new UsageError([error.code, ...error.problems.map((problem) => problemText(problem, 'en'))].join('\n'));
    throw error;
  }
}
