import { sql } from 'kysely';
import { z } from 'zod';
import type { Because, Reading } from '../model/reading.ts';
import { scopeOf } from '../model/scope.ts';
import type { Turn } from '../model/voice.ts';
import { maskPhone, maskText } from '../model/masking.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { VOICE_SCOPE, scopeSql } from '../people/scope.sql.ts';
import type { Viewer } from '../model/people.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { type Db, inTransaction, rowOf } from '../platform/postgres/db.ts';

interface VoiceDetail {
  id: number;
  source: string;
  source_id: string;
  said_at: string;
  said_at_known: boolean;
  arrived_at: string;
  kind: string;
  channel: string;
  product: string | null;
  plan: string | null;
  city: string | null;
  district: string | null;
  community: string | null;
  cell: string | null;
  unit: string | null;
  agent: string | null;
  customer: string | null;
  phone: string | null;
  score: number | null;
  status: string | null;
  recorded_category: string | null;
  text: string;
  text_masked: string;
  turns: Turn[] | null;
  attributes: Record<string, string>;
  attributes_raw: Record<string, string> | null;
  batch: string;
  category: string | null;
  stage: string | null;
  feeling: string | null;
  language: string | null;
  confidence: number | null;
  business: string | null;
  support: string | null;
  bearer: string | null;
  department: string | null;
  reader_version: string | null;
  because: Because[] | null;
  customer_name: string | null;
  address: string | null;
  /** A voice may name a customer who lives in another city: that one's name and address are not this viewer's. */
  customer_is_seen: boolean | null;
}

/** One voice within scope, with its newest reading. Unmasked here: handlers decide what leaves. */
function voiceDetail(db: Db, viewer: Viewer, id: number): Promise<VoiceDetail | undefined> {
  return rowOf(
    db,
    sql<VoiceDetail>`
      select v.id, s.name as source, v.source_id, v.said_at, v.said_at_known, v.arrived_at, v.kind, v.channel, v.product, v.plan, v.city, v.district,
        v.community, v.cell, v.unit_id as unit, v.agent, v.customer, v.phone, v.score, v.status, v.recorded_category, v.text, v.text_masked,
        v.turns, v.attributes, v.attributes_raw, v.batch_id as batch, r.category, r.stage, r.feeling, r.language, r.confidence, r.business, r.support, r.bearer,
        r.department, r.reader_version, r.because, c.name as customer_name, c.address,
        (${viewer.scope === 'province'} or c.city = v.city) as customer_is_seen
      from voices v join sources s on s.id = v.source_id
      left join customers c on c.customer = v.customer
      left join lateral (select * from readings where voice_id = v.id order by read_at desc, changed_tx desc limit 1) r on true
      where v.id = ${id} and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}`,
  );
}

const params = z.strictObject({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

export const voiceRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/voices/:id',
    summary: 'One voice, masked, with its reading explained.',
    right: 'voices.read',
    scope: 'rows',
    params,
    handle: async ({ ctx, viewer, params: { id } }) => {
      const found = await voiceDetail(ctx.db, viewer, id);
      if (found === undefined) throw new Refusal('not-found');
      return { voice: maskedDetail(found) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/voices/:id/reveal',
    summary: 'Show personal data of one voice; needs a reason, and is audited.',
    right: 'voices.reveal',
    scope: 'rows',
    params,
    body: z.strictObject({ reason: z.string().trim().min(2).max(500) }),
    handle: async ({ ctx, viewer, params: { id }, body }) =>
      inTransaction(ctx.db, async (tx) => {
        const found = await voiceDetail(tx, viewer, id);
        if (found === undefined) throw new Refusal('not-found');
        await writeAudit(tx, {
          ctx,
          viewer,
          via: 'web',
          action: 'voice.reveal',
          subjectKind: 'voice',
          subjectId: String(id),
          detail: { reason: body.reason },
        });
        const customer =
          found.customer_is_seen === true
            ? { customer_name: found.customer_name, address: found.address }
            : { customer_name: null, address: null };
        return {
          text: found.text,
          phone: found.phone,
          ...customer,
          turns: found.turns,
          attributes: found.attributes_raw ?? found.attributes,
        };
      }),
  }),
];

function maskedDetail(v: VoiceDetail): object {
  const known = { name: v.customer_name, phone: v.phone, address: v.address };
  const {
    text: _text,
    text_masked,
    customer_name: _name,
    address: _address,
    customer_is_seen: _seen,
    turns,
    phone,
    because,
    source_id: _source,
    attributes_raw: _raw,
    ...rest
  } = v;
  const reading: Partial<Reading> | null =
    v.reader_version === null
      ? null
      : {
          category: v.category,
          stage: v.stage,
          feeling: v.feeling as Reading['feeling'],
          language: v.language ?? 'und',
          confidence: v.confidence ?? 0,
          readerVersion: v.reader_version,
          because: because ?? [],
          cell:
            v.business && v.support && v.bearer && v.department
              ? { business: v.business, support: v.support, bearer: v.bearer, department: v.department }
              : null,
        };
  return {
    ...rest,
    customer: rest.customer === null ? null : maskText(rest.customer),
    text: text_masked,
    phone: phone === null ? null : maskPhone(phone),
    because: because ?? [],
    reading,
    turns: turns?.map((turn) => ({ ...turn, text: maskText(turn.text, known) })) ?? null,
  };
}
