export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

export type AppliedMigration = Pick<Migration, 'number' | 'name' | 'checksum'>;

export type MigrationPlan =
  | { readonly kind: 'go'; readonly missing: readonly Migration[] }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/** Forward only: what was applied must still stand as it was, and nothing may slip in before it. */
export function planMigrations(files: readonly Migration[], applied: readonly AppliedMigration[]): MigrationPlan {
  const reasons: string[] = [];
  const byNumber = new Map<number, Migration>();
  for (const file of files) {
    const twin = byNumber.get(file.number);
    if (twin !== undefined) reasons.push(`${twin.name} and ${file.name} carry the same number; give the newer one the next free number.`);
    byNumber.set(file.number, file);
  }
  for (const done of applied) {
    const file = byNumber.get(done.number);
    if (file === undefined)
      reasons.push(`${done.name} was applied but its file is missing: this program is older than the database; run the newer one.`);
    else if (file.checksum !== done.checksum)
      reasons.push(`${done.name} was edited after it was applied: restore the file and write the change as a new migration.`);
  }
  const last = applied.at(-1)?.number ?? 0;
  const done = new Set(applied.map((row) => row.number));
  const missing = files.filter((file) => !done.has(file.number)).toSorted((a, b) => a.number - b.number);
  for (const file of missing) {
    if (file.number < last) reasons.push(`${file.name} comes before ${last}, which is applied already; give it the next free number.`);
  }
  return reasons.length > 0 ? { kind: 'refused', reasons } : { kind: 'go', missing };
}
