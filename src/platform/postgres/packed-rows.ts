/** Rows in PostgreSQL's binary COPY format, with the place where each begins (and, last, where all end). */
export interface PackedRows {
  readonly data: Uint8Array;
  readonly starts: Uint32Array;
}
