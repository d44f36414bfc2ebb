import { z } from 'zod';
import type { Problem } from '../model/problem.ts';
import type { VoiceDraft } from '../model/voice.ts';
import type { Context } from '../platform/context.ts';
import { countedBody } from '../platform/http/counted-body.ts';
import { Refusal, type Route, type RouteRequest, route } from '../platform/http/route.ts';
import { EndlessLine, linesOf } from './body-lines.client.ts';
import { Intake } from './intake.sql.ts';
import { type PushedVoice, draftOf, pushedVoice } from './pushed-voice.ts';

const MOST_LINES = 2000;
/** Characters. */
const LONGEST_LINE = 1024 * 1024;
/** Bytes of all lines together: 2,000 voices of 16 KiB each. */
const MOST_BYTES = 32 * 1024 * 1024;
const intakes = new WeakMap<Context, Intake>();

function intakeOf(ctx: Context): Intake {
  const intake = intakes.get(ctx) ?? new Intake(ctx);
  intakes.set(ctx, intake);
  return intake;
}

export const pushRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/voices',
    right: 'voices.push',
    scope: 'rows',
    bodyAs: 'stream',
    summary:
      'Push one voice (JSON) or up to 2,000 (NDJSON, 32 MiB at most); answered after the commit. The same Idempotency-Key gets the same answer for 7 days.',
    query: z.strictObject({ source: z.string().trim().min(1).max(100).default('push') }),
    headers: z.object({ 'idempotency-key': z.string().min(1).max(200) }),
    body: pushedVoice,
    handle: async ({
      ctx,
      viewer,
      query,
      headers,
      body,
      stream,
      reply,
    }: RouteRequest<unknown, { source: string }, PushedVoice | undefined>) => {
      const ndjson = (headers['content-type'] ?? '').includes('ndjson');
      const drafts = ndjson ? await draftsOfLines(ctx, stream) : draftsOf(ctx, [{ row: 1, voice: body ?? refuseEmpty() }]);
      const answer = await intakeOf(ctx).push({ viewer, source: query.source, key: headers['idempotency-key'] ?? '', drafts });
      if (answer.replayed) reply.header('idempotency-replayed', 'true');
      reply.status(answer.status);
      return answer.answer;
    },
  }),
];

function refuseEmpty(): never {
  throw new Refusal('request-invalid', {}, [{ code: 'field-required', column: 'body' }]);
}

function draftsOf(ctx: Context, given: readonly { row: number; voice: PushedVoice }[], problems: Problem[] = []): readonly VoiceDraft[] {
  const drafts: VoiceDraft[] = [];
  for (const { row, voice } of given) {
    const made = draftOf(voice, ctx.clock.now(), ctx.config.timeZone);
    if ('draft' in made) drafts.push(made.draft);
    else problems.push({ ...made.problem, row });
  }
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
  return drafts;
}

/** Every line is looked at before anything is stored; all mistakes of all lines come back at once. A line that does not end ends the reading. */
async function draftsOfLines(ctx: Context, stream: NodeJS.ReadableStream): Promise<readonly VoiceDraft[]> {
  const problems: Problem[] = [];
  const given: { row: number; voice: PushedVoice }[] = [];
  let row = 0;
  try {
    for await (const line of linesOf(countedBody(stream, MOST_BYTES), LONGEST_LINE)) {
      if (line.trim() === '') continue;
      row += 1;
      if (row > MOST_LINES) throw new Refusal('too-large', { lines: MOST_LINES });
      readLine(line, row, given, problems);
    }
  } catch (error) {
    if (!(error instanceof EndlessLine)) throw error;
    throw new Refusal('too-large', {}, [...problems, { code: 'row-too-large', row: row + 1, params: { limit: LONGEST_LINE } }]);
  }
  if (row === 0) refuseEmpty();
  return draftsOf(ctx, given, problems);
}

function readLine(line: string, row: number, given: { row: number; voice: PushedVoice }[], problems: Problem[]): void {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    problems.push({ code: 'row-not-object', row });
    return;
  }
  const parsed = pushedVoice.safeParse(value);
  if (parsed.success) given.push({ row, voice: parsed.data });
  else
    problems.push(
      ...parsed.error.issues.map((issue): Problem => ({
        code: 'field-invalid',
        row,
        column: issue.path.join('.'),
        params: { message: issue.message },
      })),
    );
}
