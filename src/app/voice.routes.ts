import { sql } from 'kysely';
import { z } from 'zod';
import { ordersOfVoice } from '../act/read.sql.ts';
import { recordedFacts, type StoredFacts } from '../ingest/recorded-facts.sql.ts';
import { may } from '../model/may.ts';
import type { Pack } from '../model/pack.ts';
import type { OrderOfVoice } from '../model/order-views.ts';
import type { Because, Reading } from '../model/reading.ts';
import type { RecordedFacts } from '../model/recording.ts';
import type { VoiceKind } from '../model/voice.ts';
import type { RevealedVoice, VoiceDetail, VoiceWithOrders } from '../model/voice-views.ts';
import { scopeOf } from '../model/scope.ts';
import { type KnownPerson, maskPhone, maskText } from '../model/masking.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { VOICE_SCOPE, scopeSql } from '../people/scope.sql.ts';
import type { Viewer } from '../model/people.ts';
import type { Context } from '../platform/context.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { type Db, inTransaction, rowOf } from '../platform/postgres/db.ts';

/** As it is stored: what a handler lets out is a `VoiceDetail` or a `RevealedVoice`. */
interface StoredVoice extends Omit<VoiceDetail, 'because' | 'reading'> {
  readonly source_id: string;
  readonly text_masked: string;
  readonly attributes_raw: Readonly<Record<string, string>> | null;
  readonly because: readonly Because[] | null;
  readonly customer_name: string | null;
  readonly address: string | null;
  /** A voice may name a customer who lives in another city: that one's name and address are not this viewer's. */
  readonly customer_is_seen: boolean | null;
}

/** One voice within scope, with its newest reading. Unmasked here: handlers decide what leaves. */
function storedVoice(db: Db, viewer: Viewer, id: number): Promise<StoredVoice | undefined> {
  return rowOf(
    db,
    sql<StoredVoice>`
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
    summary: 'One voice, masked, with its reading explained and what was recorded with it at the desk.',
    right: 'voices.read',
    scope: 'rows',
    params,
    handle: async ({ ctx, viewer, params: { id } }): Promise<{ readonly voice: VoiceWithOrders }> => {
      const found = await storedVoice(ctx.db, viewer, id);
      if (found === undefined) throw new Refusal('not-found');
      const [facts, orders] = await Promise.all([recordedFacts(ctx.db, viewer, id), ordersBehind(ctx, viewer, id)]);
      const recorded = facts === undefined ? null : maskedFacts(facts, knownOf(found), explanationOf(ctx.pack, found, facts.script));
      return { voice: { ...maskedDetail(found), recorded, orders } };
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
      inTransaction(ctx.db, async (tx): Promise<RevealedVoice> => {
        const found = await storedVoice(tx, viewer, id);
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
        const facts = await recordedFacts(tx, viewer, id);
        return {
          text: found.text,
          phone: found.phone,
          ...customer,
          recorded: facts === undefined ? null : { demand: facts.demand, solution: facts.solution },
          turns: found.turns,
          attributes: found.attributes_raw ?? found.attributes,
        };
      }),
  }),
];

/** The kind that a reading found is kept with its reasons. */
function kindIn(because: readonly Because[]): Reading['kind'] {
  const found = because.find((b) => b.kind === 'kind');
  return found === undefined ? null : { kind: found.for as VoiceKind, confidence: found.weight };
}

/** Work orders are shown to who may read orders; others see the voice alone. */
const ordersBehind = async (ctx: Context, viewer: Viewer, id: number): Promise<readonly OrderOfVoice[]> =>
  may(viewer, 'orders.read') ? ordersOfVoice(ctx.db, viewer, id, ctx.config.timeZone) : [];

const knownOf = (v: StoredVoice): KnownPerson => ({ name: v.customer_name, phone: v.phone, address: v.address });

/** The explanation that an agent marked among those of the cause. */
function explanationOf({ scripts }: Pick<Pack, 'scripts'>, voice: StoredVoice, place: number | null): RecordedFacts['script'] {
  const script = scripts.find((one) => one.category === voice.recorded_category);
  return script === undefined || place === null ? null : ([script.say, ...script.also][place] ?? null);
}

/** What agents wrote in their own words may name the customer. */
function maskedFacts(facts: StoredFacts, known: KnownPerson, script: RecordedFacts['script']): RecordedFacts {
  const masked = (text: string | null): string | null => (text === null ? null : maskText(text, known));
  return { ...facts, script, demand: masked(facts.demand), solution: masked(facts.solution) };
}

function maskedDetail(v: StoredVoice): VoiceDetail {
  const known = knownOf(v);
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
  const reading: Reading | null =
    v.reader_version === null
      ? null
      : {
          category: v.category,
          stage: v.stage,
          feeling: v.feeling as Reading['feeling'],
          kind: kindIn(because ?? []),
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
