import type { Problem } from '../model/problem.ts';
import type { VoiceDraft } from '../model/voice.ts';
import { RowPacker } from '../platform/postgres/row-packer.client.ts';
import { bodyHash, keyOf } from './body-hash.client.ts';
import type { RawRecord, RecordBatch } from './files/records.ts';
import { type Gazetteer, gazetteerOf } from './gazetteer.ts';
import { jsonText } from './json-text.ts';
import type { JudgedChunk, JudgeTask, RowProblems } from './judge-messages.ts';
import { withMeantPlaces } from './mapping/meant-values.ts';
import { rawRecord } from './raw-record.ts';
import type { RejectedRow } from './rejected-row.ts';
import { rowPlan, shown } from './row-plan.ts';
import { toVoice } from './to-voice.ts';
import { type KnownCustomer, type VoiceToStore, voiceToStore } from './voice-to-store.ts';

/** The columns of a voice in the order in which `packVoice` writes them. */
export const VOICE_COLUMNS: readonly string[] =
  `id arrived_at source_id batch_id outside_key body_hash said_at said_at_known kind channel product plan city district community cell unit_id
   unit_path agent customer phone score status recorded_category text text_masked turns attributes attributes_raw`.split(/\s+/);

interface Drafted {
  readonly row: number;
  readonly draft: VoiceDraft;
}

/** Judges the records of one import: all that costs time is done here, in whatever thread this runs. */
export class VoiceJudge {
  readonly #task: JudgeTask;
  readonly #gazetteer: Gazetteer;
  readonly #packer = new RowPacker(VOICE_COLUMNS.length);
  /** Who was asked for already; null: nobody knows them. */
  readonly #customers = new Map<string, KnownCustomer | null>();

  constructor(task: JudgeTask) {
    this.#task = task;
    this.#gazetteer = withMeantPlaces(gazetteerOf(task.places), task.mapping);
  }

  /** `who` is asked for the customers that this import has not met lately. */
  async judge(records: RecordBatch, who: (customers: readonly string[]) => Promise<readonly KnownCustomer[]>): Promise<JudgedChunk> {
    const rejected: RejectedRow[] = [];
    const warned: RowProblems[] = [];
    const drafted = this.#drafts(records, rejected, warned);
    await this.#meet(drafted, who);
    const kept: { row: number; key: string; hash: string; text: string }[] = [];
    for (const { row, draft } of drafted) {
      const made = voiceToStore(draft, this.#gazetteer, this.#customerOf(draft));
      if (this.#task.onlyCity !== null && made.place.city !== this.#task.onlyCity) {
        rejected.push({ row, problems: [{ code: 'region-out-of-scope', row }], raw: rawOf(records, row), voiceId: null });
        continue;
      }
      const hash = bodyHash(draft);
      const key = keyOf(draft, hash);
      this.#pack(draft, made, key, hash);
      kept.push({ row, key, hash, text: draft.text });
    }
    return {
      records: records.records.length,
      bytesRead: records.bytesRead,
      bytesTotal: records.bytesTotal,
      rows: kept.map(({ row }) => row),
      keys: kept.map(({ key }) => key),
      hashes: kept.map(({ hash }) => hash),
      texts: kept.map(({ text }) => text),
      packed: this.#packer.take(),
      rejected,
      warned,
    };
  }

  #drafts(records: RecordBatch, rejected: RejectedRow[], warned: RowProblems[]): readonly Drafted[] {
    const plan = rowPlan(records.columns, this.#task.mapping);
    const drafted: Drafted[] = [];
    for (const record of records.records) {
      const outcome = toVoice(record, plan, this.#task);
      const { row } = record;
      if (outcome.kind === 'rejected') {
        rejected.push({ row, problems: outcome.problems, raw: rawRecord(records.columns, record), voiceId: null });
        continue;
      }
      drafted.push({ row, draft: outcome.draft });
      if (outcome.warnings.length > 0) warned.push({ row, problems: outcome.warnings });
      const unknown = this.#unknownPlaces(outcome.draft);
      if (unknown.length > 0) warned.push({ row, problems: unknown });
    }
    return drafted;
  }

  #unknownPlaces(draft: VoiceDraft): readonly Problem[] {
    const problems: Problem[] = [];
    if (draft.region !== null && this.#gazetteer.region(draft.region) === undefined) {
      const column = this.#titleOf('region', 'community', 'district', 'city');
      problems.push({ code: 'region-unknown', column, params: { value: shown(draft.region) } });
    }
    if (draft.unit !== null && this.#gazetteer.unit(draft.unit) === undefined)
      problems.push({ code: 'unit-unknown', column: this.#titleOf('unit'), params: { value: shown(draft.unit) } });
    return problems;
  }

  /** The file's own title of the first mapped of these fields. */
  #titleOf(...fields: readonly string[]): string {
    return Object.entries(this.#task.mapping.columns).find(([, field]) => fields.includes(field))?.[0] ?? fields[0] ?? '';
  }

  #customerOf(draft: VoiceDraft): KnownCustomer | undefined {
    return draft.customer === null ? undefined : (this.#customers.get(draft.customer) ?? undefined);
  }

  async #meet(drafted: readonly Drafted[], who: (customers: readonly string[]) => Promise<readonly KnownCustomer[]>): Promise<void> {
    if (this.#customers.size > MOST_CUSTOMERS) this.#customers.clear();
    const asked = new Set<string>();
    for (const { draft } of drafted) if (draft.customer !== null && !this.#customers.has(draft.customer)) asked.add(draft.customer);
    if (asked.size === 0) return;
    for (const code of asked) this.#customers.set(code, null);
    for (const customer of await who([...asked])) this.#customers.set(customer.customer, customer);
  }

  /** Customers may have changed: they are asked for again. */
  forgetCustomers(): void {
    this.#customers.clear();
  }

  #pack(draft: VoiceDraft, made: VoiceToStore, key: string, hash: string): void {
    const rows = this.#packer;
    rows.begin();
    for (const text of [this.#task.source, this.#task.batch, key]) rows.text(text);
    rows.bytes(Buffer.from(hash, 'hex'));
    rows.instant(Date.parse(draft.saidAt));
    rows.flag(draft.saidAtKnown);
    const { city, district, community, cell } = made.place;
    const unit = [made.unit?.id ?? null, made.unit?.path ?? null];
    const texts = [draft.kind, draft.channel, made.product, made.plan, city, district, community, cell, ...unit];
    for (const text of [...texts, draft.agent, draft.customer, draft.phone]) rows.text(text);
    rows.double(draft.score);
    for (const text of [made.status, made.recordedCategory, draft.text, made.textMasked]) rows.text(text);
    for (const value of [draft.turns, made.attributes, made.attributesRaw]) rows.json(value === null ? null : jsonText(value));
  }
}

/** Some 300 bytes each. */
const MOST_CUSTOMERS = 100_000;

export function rawOf(records: RecordBatch, row: number): unknown {
  return rawRecord(records.columns, recordOf(records, row));
}

const recordOf = (records: RecordBatch, row: number): RawRecord | undefined => records.records[row - records.firstRow];
