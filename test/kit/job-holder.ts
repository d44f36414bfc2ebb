import { pino } from 'pino';
import type { Context } from '../../src/platform/context.ts';
import { openJobs } from '../../src/platform/jobs/pg-boss.client.ts';
import { connect } from '../../src/platform/postgres/connect.client.ts';

/** A process of its own that takes a job of a queue, says so, and never finishes it. */
const [url = '', queue = ''] = process.argv.slice(2);
const { db } = await connect(url, { max: 2 });
const jobs = await openJobs(url, db, [{ queue, run: () => new Promise<void>(() => console.log('holding')) }], pino({ level: 'silent' }));
await jobs.work({} as Context);
