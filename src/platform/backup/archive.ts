import { z } from 'zod';

/**
 * A backup is an ordinary tar file, so that it can be opened without us (`tar`, `zstd`):
 *
 *   voxloop-backup.json      what it is and which version made it (the head)
 *   tables/NAME/0001.zst …   the rows of a section, as COPY wrote them, cut into parts
 *   files/NAME/0001.zst …    files of the home that are truth
 *   manifest.json            what must be there: sections with columns, counts and checksums
 *   manifest.sha256          the checksum of every byte before this entry
 *
 * The last entry makes a file that was cut off, or in which one bit turned, known before anything is touched.
 */
export const FORMAT = 1;
export const HEAD_NAME = 'voxloop-backup.json';
export const MANIFEST_NAME = 'manifest.json';
export const DIGEST_NAME = 'manifest.sha256';
/** Bytes of a part before compression: bounds the memory of writing and of reading. */
export const PART_BYTES = 2 * 1024 * 1024;

export const headSchema = z.object({
  product: z.literal('voxloop'),
  format: z.number().int(),
  version: z.string(),
  created_at: z.string(),
  /** The home that it was made of: paths inside it are moved at the restore. */
  home: z.string(),
  pack: z.string(),
  migrations: z.array(z.object({ number: z.number().int(), name: z.string(), checksum: z.string() })).min(1),
});
export type Head = z.infer<typeof headSchema>;

const sectionSchema = z.object({
  name: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string(),
});
export type Section = z.infer<typeof sectionSchema>;

const fileSchema = z.object({ name: z.string(), path: z.string(), bytes: z.number().int(), sha256: z.string() });
export type KeptFile = z.infer<typeof fileSchema>;

export const manifestSchema = z.object({
  sections: z.array(sectionSchema),
  files: z.array(fileSchema),
  sequences: z.array(z.object({ name: z.string(), last: z.number().int() })),
  /** How far the followers had come, as each of them understands it. */
  notes: z.record(z.string(), z.unknown()),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The file is no backup that this program can restore; nothing was touched. */
export class UnusableBackup extends Error {
  override readonly name = 'UnusableBackup';
}

export const rowsIn = (manifest: Manifest): number => manifest.sections.reduce((sum, section) => sum + section.rows, 0);
