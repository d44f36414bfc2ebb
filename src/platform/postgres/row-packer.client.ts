import type { PackedRows } from './packed-rows.ts';

/** Signature, no flags, no extension; then rows; then a count of −1. */
export const COPY_BEGIN: Buffer = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
export const COPY_END: Buffer = Buffer.from([0xff, 0xff]);

const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

/**
 * Writes rows field by field in the order of the COPY's columns; one packer may be filled again and again. The first two fields of
 * a row are a whole number and a moment that whoever stores the rows knows (`setHead`): another thread packs the rest.
 */
export class RowPacker {
  readonly #fields: number;
  #bytes = Buffer.allocUnsafeSlow(1 << 20);
  #at = 0;
  #starts: number[] = [];

  /** `fields`: how many a row has, the two of its head included. */
  constructor(fields: number) {
    this.#fields = fields;
  }

  begin(): void {
    this.#starts.push(this.#at);
    this.#room(26);
    this.#at = this.#bytes.writeInt16BE(this.#fields, this.#at);
    this.#fixed(8).fill(0, this.#at, (this.#at += 8));
    this.#fixed(8).fill(0, this.#at, (this.#at += 8));
  }

  text(value: string | null): void {
    if (value === null) return this.#null();
    // Postgres knows no NUL; half a surrogate pair becomes U+FFFD by itself.
    this.#string(value.includes('\0') ? value.replaceAll('\0', '') : value);
  }

  json(text: string | null): void {
    if (text === null) return this.#null();
    this.#string(text, 1);
  }

  instant(ms: number): void {
    this.#at = this.#fixed(8).writeBigInt64BE(micros(ms), this.#at);
  }

  double(value: number | null): void {
    if (value === null) return this.#null();
    this.#at = this.#fixed(8).writeDoubleBE(value, this.#at);
  }

  real(value: number): void {
    this.#at = this.#fixed(4).writeFloatBE(value, this.#at);
  }

  flag(value: boolean): void {
    this.#at = this.#fixed(1).writeUInt8(value ? 1 : 0, this.#at);
  }

  bytes(value: Uint8Array): void {
    this.#fixed(value.length).set(value, this.#at);
    this.#at += value.length;
  }

  /** What was packed since the last time, in memory of its own: it may be transferred to another thread. */
  take(): PackedRows {
    const data = new Uint8Array(this.#at);
    data.set(this.#bytes.subarray(0, this.#at));
    const starts = Uint32Array.from([...this.#starts, this.#at]);
    this.#at = 0;
    this.#starts = [];
    return { data, starts };
  }

  #string(value: string, version?: number): void {
    this.#room(5 + value.length * 3);
    const from = this.#at + 4;
    let at = from;
    if (version !== undefined) at = this.#bytes.writeUInt8(version, at);
    at += this.#bytes.write(value, at, 'utf8');
    this.#bytes.writeInt32BE(at - from, this.#at);
    this.#at = at;
  }

  #null(): void {
    this.#room(4);
    this.#at = this.#bytes.writeInt32BE(-1, this.#at);
  }

  #fixed(length: number): Buffer {
    this.#room(4 + length);
    this.#at = this.#bytes.writeInt32BE(length, this.#at);
    return this.#bytes;
  }

  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#at + more));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

/** Rows for COPY with their heads set; a row whose number is null is left out. */
export function withHeads({ data, starts }: PackedRows, numbers: readonly (number | null)[], momentMs: number): Buffer {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const moment = micros(momentMs);
  const kept: Buffer[] = [];
  for (const [i, number] of numbers.entries()) {
    const start = starts[i] ?? 0;
    if (number === null) continue;
    bytes.writeBigInt64BE(BigInt(number), start + 6);
    bytes.writeBigInt64BE(moment, start + 18);
    kept.push(bytes.subarray(start, starts[i + 1]));
  }
  return kept.length === numbers.length ? bytes : Buffer.concat(kept);
}

const micros = (ms: number): bigint => BigInt(ms - POSTGRES_EPOCH_MS) * 1000n;
