import { test } from 'vitest';
import { withDb } from '../../../test/kit/db.ts';
import { expectGolden } from '../../../test/kit/golden.ts';
import { dumpSchema } from './dump-schema.sql.ts';

test('migrations/schema.sql is what the migrations make', async () => {
  expectGolden('migrations/schema.sql', await withDb(dumpSchema));
});
