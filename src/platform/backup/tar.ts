const BLOCK = 512;

/** One entry's header, as POSIX (ustar) has it: a plain file of the owner alone. */
export function tarHeader(name: string, size: number, atSeconds: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new RangeError(`The name is too long for an archive: ${name}`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write(`${Math.floor(atSeconds).toString(8).padStart(11, '0')}\0`, 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Name and size of an entry; null: not a header that we wrote, or one that was damaged. */
export function readTarHeader(header: Buffer): { readonly name: string; readonly size: number } | null {
  if (header.length !== BLOCK || header.toString('latin1', 257, 262) !== 'ustar') return null;
  const told = Number.parseInt(header.toString('latin1', 148, 154), 8);
  const plain = Buffer.from(header);
  plain.write('        ', 148);
  const size = Number.parseInt(header.toString('latin1', 124, 135), 8);
  if (told !== checksumOf(plain) || !Number.isSafeInteger(size)) return null;
  return { name: header.toString('utf8', 0, 100).replace(/\0.*$/s, ''), size };
}

/** Entries are filled up to whole blocks. */
export const paddingOf = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;
export const TAR_BLOCK = BLOCK;
export const TAR_END = Buffer.alloc(2 * BLOCK);

function checksumOf(header: Buffer): number {
  let sum = 0;
  for (const byte of header) sum += byte;
  return sum;
}
