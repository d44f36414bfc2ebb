/**
 * WebAssembly is part of the machine that runs JavaScript, as Math is: numbers in, numbers out, the same everywhere, no outside world.
 * The types of plain files know only the language, so the little that kernels need of it is declared here.
 */
export interface KernelMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number; readonly shared: boolean }) => KernelMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: { readonly kernel: { readonly memory: KernelMemory } }) => { readonly exports: unknown };
};

const PAGE = 65_536;
/** What 32-bit addresses reach. */
export const MOST_BYTES = 65_536 * PAGE;

export function pagesOf(bytes: number): number {
  return Math.ceil(bytes / PAGE);
}

export function newMemory(bytes: number, shared: boolean): KernelMemory {
  return new WebAssembly.Memory({ initial: pagesOf(bytes), maximum: pagesOf(bytes), shared });
}

/** The exported functions of a module over a memory; the caller knows their types. */
export function instantiate<T>(bytes: Uint8Array<ArrayBuffer>, memory: KernelMemory): T {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { kernel: { memory } }).exports as T;
}
