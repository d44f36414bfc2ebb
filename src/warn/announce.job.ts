import type { Transporter } from 'nodemailer';
import { sql } from 'kysely';
import { ADDRESSES } from '../model/addresses.ts';
import type { Context } from '../platform/context.ts';
import { failpoint } from '../platform/failpoint.client.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { rowOf, rowsOf } from '../platform/postgres/db.ts';
import { type AnnouncedAlarm, announcementText, isForGood, LONGEST_RETRY_MS, MOST_ATTEMPTS, retryAfterMs } from './announcement-text.ts';
import { entityNames } from './entity-names.sql.ts';

/** How long a mail that is being sent is left alone; after a crash it is sent again then, under the same Message-ID. */
const LEASE_MS = 60_000;
const AT_ONCE = 20;

interface Claimed {
  readonly id: string;
  readonly alarm: string;
  readonly recipient: string;
  readonly locale: 'zh' | 'en';
  readonly attempts: number;
}

/**
 * Sends what is due, at least once: claimed first and committed, then sent, then noted. Not inside one transaction,
 * because a mail server that hangs would hold back everything that follows Postgres by transaction number.
 */
export async function sendAnnouncements(ctx: Context, signal?: AbortSignal): Promise<number> {
  if (ctx.config.smtpUrl === null) return 0;
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url: ctx.config.smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  } as object);
  let sent = 0;
  try {
    for (;;) {
      const claimed = await claim(ctx);
      for (const one of claimed) if (signal?.aborted !== true && (await sendOne(ctx, transport, one))) sent++;
      if (claimed.length < AT_ONCE || signal?.aborted === true) return sent;
    }
  } finally {
    transport.close();
  }
}

function claim(ctx: Context): Promise<readonly Claimed[]> {
  return rowsOf(
    ctx.db,
    sql<Claimed>`
    update announcements n set attempts = n.attempts + 1, due_at = ${new Date(ctx.clock.nowMs() + LEASE_MS).toISOString()}
    from (select id from announcements where state = 'waiting' and (due_at <= ${ctx.clock.now()}
        or due_at > ${afterAnyRetry(ctx)}) order by due_at, id limit ${AT_ONCE}
      for update skip locked) d
    where n.id = d.id returning n.id, n.alarm_id as alarm, n.recipient, n.locale, n.attempts`,
  );
}

/** Nothing waits longer than the longest retry: what seems to was noted by a clock that was ahead, and is due. */
const afterAnyRetry = (ctx: Context): string => new Date(ctx.clock.nowMs() + LONGEST_RETRY_MS + LEASE_MS).toISOString();

async function sendOne(ctx: Context, transport: Transporter, one: Claimed): Promise<boolean> {
  try {
    const mail = announcementText(await announcedAlarm(ctx, one.alarm), one.locale);
    failpoint('outbox.send');
    await transport.sendMail({
      from: ctx.config.mailFrom,
      to: one.recipient,
      messageId: messageIdOf(one.id, ctx.config.mailFrom),
      ...mail,
    });
    failpoint('outbox.sent');
    await sql`update announcements set state = 'delivered', sent_at = ${ctx.clock.now()}, last_error = null where id = ${one.id}`.execute(
      ctx.db,
    );
    return true;
  } catch (error) {
    await noteFailure(ctx, one, error);
    return false;
  }
}

/** The same for every try, so that a receiver can tell a repetition from a second mail. */
export function messageIdOf(id: string, mailFrom: string): string {
  return `<${id}@${/@([^\s>]+)/.exec(mailFrom)?.[1] ?? 'localhost'}>`;
}

async function noteFailure(ctx: Context, one: Claimed, error: unknown): Promise<void> {
  const { message, responseCode } = error as { message?: string; responseCode?: number };
  const failed = isForGood(responseCode) || one.attempts >= MOST_ATTEMPTS;
  const dueAt = new Date(ctx.clock.nowMs() + retryAfterMs(one.attempts)).toISOString();
  ctx.log.warn({ announcement: one.id, attempts: one.attempts, responseCode }, 'a mail could not be sent');
  await sql`
    update announcements set state = ${failed ? 'failed' : 'waiting'}, due_at = ${dueAt}, last_error = ${String(message ?? error).slice(0, 500)}
    where id = ${one.id}`.execute(ctx.db);
}

async function announcedAlarm(ctx: Context, id: string): Promise<AnnouncedAlarm> {
  const row = await rowOf(
    ctx.db,
    sql<Omit<AnnouncedAlarm, 'entity' | 'link'> & { dimension: string; value: string }>`
    select jsonb_build_object('zh', r.name_zh, 'en', r.name_en) as rule, r.severity, a.voices, a.threshold, a.window_minutes as "windowMinutes",
      a.dimension, a.value, a.state = 'resolved' as "isOver",
      to_char(coalesce(a.fired_at, a.began_at) at time zone ${ctx.config.timeZone}, 'YYYY-MM-DD HH24:MI') as "firedAt"
    from alarms a join rules r on r.id = a.rule_id where a.id = ${id}`,
  );
  const { dimension, value, ...alarm } = row!;
  const nameOf = await entityNames(ctx.db, ctx.pack, [{ dimension, value }]);
  return { ...alarm, entity: nameOf({ dimension, value }), link: ctx.config.publicUrl + ADDRESSES.alarm(id) };
}

export const announceJob: JobDefinition = {
  queue: 'warn.announce',
  everySeconds: 5,
  run: async (ctx, _payload, signal) => {
    await sendAnnouncements(ctx, signal);
  },
};
