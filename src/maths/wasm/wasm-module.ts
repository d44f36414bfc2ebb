/** The binary form of WebAssembly, as far as kernels of numbers need it (webassembly.github.io/spec/core/binary). */
export type ValueType = 'i32' | 'i64' | 'f64';

export interface WasmFunction {
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly result?: ValueType;
  /** Numbered after the parameters. */
  readonly locals: readonly ValueType[];
  readonly code: readonly number[];
}

const TYPE_CODES: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, f64: 0x7c };
const HEADER: readonly number[] = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** A module that exports the functions and imports its memory as `kernel.memory`, of exactly so many pages of 64 KiB. */
export function wasmModule(functions: readonly WasmFunction[], pages: number, shared: boolean): Uint8Array<ArrayBuffer> {
  const types = functions.map((f) => [
    0x60,
    ...vector(f.params.map(typeCode)),
    ...vector(f.result === undefined ? [] : [typeCode(f.result)]),
  ]);
  const limits = [shared ? 0x03 : 0x01, ...unsigned(pages), ...unsigned(pages)];
  const bodies = functions.map((f) => {
    const body = [...vector(f.locals.map((type) => [0x01, ...typeCode(type)])), ...f.code, 0x0b];
    return [...unsigned(body.length), ...body];
  });
  return Uint8Array.from([
    ...HEADER,
    ...section(1, vector(types)),
    ...section(2, vector([[...text('kernel'), ...text('memory'), 0x02, ...limits]])),
    ...section(3, vector(functions.map((_, i) => unsigned(i)))),
    ...section(7, vector(functions.map((f, i) => [...text(f.name), 0x00, ...unsigned(i)]))),
    ...section(10, vector(bodies)),
  ]);
}

/** LEB128 */
export function unsigned(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

/** LEB128 of 32 bits with sign */
export function signed(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

const typeCode = (type: ValueType): readonly number[] => [TYPE_CODES[type]];

function text(name: string): readonly number[] {
  return [...unsigned(name.length), ...Array.from(name, (char) => char.charCodeAt(0))];
}

function vector(items: readonly (readonly number[])[]): readonly number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, content: readonly number[]): readonly number[] {
  return [id, ...unsigned(content.length), ...content];
}
