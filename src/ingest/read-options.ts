import type { ReadOptions } from './files/records.ts';
import type { ImportOptions } from '../model/import-views.ts';

/** What a person set, as the reader takes it; the rest is guessed. */
export function readOptionsOf(options: ImportOptions): ReadOptions {
  return {
    ...(options.format === undefined ? {} : { format: options.format as NonNullable<ReadOptions['format']> }),
    ...(options.encoding === undefined ? {} : { encoding: options.encoding as NonNullable<ReadOptions['encoding']> }),
    ...(options.delimiter === undefined ? {} : { delimiter: options.delimiter }),
    ...(options.sheet === undefined ? {} : { sheet: options.sheet }),
    ...(options.header_row === undefined ? {} : { headerRow: options.header_row }),
  };
}
