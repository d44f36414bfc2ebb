import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isZone } from '../model/zoned-time.ts';

const schema = z.object({
  VOXLOOP_HOME: z.string().min(1).default('.voxloop'),
  VOXLOOP_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  VOXLOOP_HOST: z.string().min(1).default('127.0.0.1'),
  VOXLOOP_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  VOXLOOP_SAMPLE: z.enum(['province', 'none']).default('province'),
  VOXLOOP_TIMEZONE: z.string().refine(isZone, 'a time zone by its name, such as Asia/Shanghai').default('Asia/Shanghai'),
  VOXLOOP_PACK: z.string().default('telecom-zh'),
  VOXLOOP_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  VOXLOOP_MAIL_FROM: z.string().default('voxloop@localhost'),
  VOXLOOP_PUBLIC_URL: z.url().optional(),
  VOXLOOP_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
  VOXLOOP_DATA: z.string().optional(),
  VOXLOOP_BACKUP_AT: z
    .string()
    .regex(/^(off|([01]\d|2[0-3]):[0-5]\d)$/, 'a time of day (03:00) or off')
    .default('03:00'),
  VOXLOOP_BACKUP_DIR: z.string().min(1).optional(),
  VOXLOOP_BACKUP_KEEP: z.coerce.number().int().min(1).max(1000).default(7),
  VOXLOOP_FAILPOINT: z.string().optional(),
  VOXLOOP_TEST_CLOCK: z.string().optional(),
});

export interface Config {
  readonly home: string;
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | null;
  readonly sample: 'province' | 'none';
  readonly timeZone: string;
  readonly pack: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly publicUrl: string;
  readonly logLevel: string;
  readonly backups: {
    /** Time of day in the province; null: only when somebody asks. */
    readonly at: string | null;
    readonly dir: string;
    /** So many scheduled ones are kept. */
    readonly keep: number;
  };
  /** For tests: where this process kills itself. */
  readonly failpoint: string | null;
  /** For tests: a file that says by how many milliseconds the clock is wrong. */
  readonly testClock: string | null;
}

/** Reads the environment once. Throws one error that lists every wrong variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([k, v]) => k.startsWith('VOXLOOP_') && v !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The settings are not usable:\n${lines.join('\n')}`);
  }
  const c = parsed.data;
  return Object.freeze({
    home: resolve(c.VOXLOOP_HOME),
    port: c.VOXLOOP_PORT,
    host: c.VOXLOOP_HOST,
    databaseUrl: c.VOXLOOP_DATABASE_URL ?? null,
    sample: c.VOXLOOP_SAMPLE,
    timeZone: c.VOXLOOP_TIMEZONE,
    pack: c.VOXLOOP_PACK,
    smtpUrl: c.VOXLOOP_SMTP_URL ?? null,
    mailFrom: c.VOXLOOP_MAIL_FROM,
    publicUrl: c.VOXLOOP_PUBLIC_URL?.replace(/\/$/, '') ?? `http://${c.VOXLOOP_HOST}:${c.VOXLOOP_PORT}`,
    logLevel: c.VOXLOOP_LOG,
    backups: {
      at: c.VOXLOOP_BACKUP_AT === 'off' ? null : c.VOXLOOP_BACKUP_AT,
      dir: resolve(c.VOXLOOP_BACKUP_DIR ?? join(c.VOXLOOP_HOME, 'backups')),
      keep: c.VOXLOOP_BACKUP_KEEP,
    },
    failpoint: c.VOXLOOP_FAILPOINT ?? null,
    testClock: c.VOXLOOP_TEST_CLOCK ?? null,
  });
}
