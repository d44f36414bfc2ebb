import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Verb, Viewer } from '../../model/people.ts';
import type { Config } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';

/** What a command gets: its words, where it was typed, and where to speak. */
export interface Run {
  readonly argv: readonly string[];
  readonly cwd: string;
  out(line: string): void;
  err(line: string): void;
  readonly signal: AbortSignal;
  readonly config: Config;
}

/** A run with an open home, as a member. `settle` waits until what was stored is read, in the warehouse and looked at by the rules. */
export interface HomeRun extends Run {
  readonly ctx: Context;
  readonly viewer: Viewer;
  settle(): Promise<void>;
}

export interface Command {
  readonly words: string;
  readonly usage: string;
  readonly help: string;
  /** More, said by `--help` of the command alone. */
  readonly details?: string;
  /** 'none': runs without a home; 'home': needs one, through the server that holds it or by itself. Some words may decide. */
  readonly needs: 'none' | 'home' | ((argv: readonly string[]) => 'none' | 'home');
  /** What the member must be allowed to do; every command that needs a home names it. */
  readonly right?: Verb;
  /** Starts the job workers when it opens the home itself. */
  readonly works?: boolean;
  readonly run: ((run: HomeRun) => Promise<number>) | ((run: Run) => Promise<number>);
}

/** Said to the person at the terminal; exit code 2. */
export class UsageError extends Error {}

/** Parses a command's own words; every unknown or misused option is an error that names it. */
export function read<T extends NonNullable<ParseArgsConfig['options']>>(
  run: Pick<Run, 'argv'>,
  options: T,
  positionals: { min: number; max: number; usage: string },
) {
  try {
    const parsed = parseArgs({ args: [...run.argv], options: { ...options, json: { type: 'boolean' } }, allowPositionals: true });
    if (parsed.positionals.length < positionals.min || parsed.positionals.length > positionals.max)
      throw new UsageError(`usage: voxloop ${positionals.usage}`);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${(error as Error).message}\nusage: voxloop ${positionals.usage}`);
  }
}

/** An option that must be a whole number. */
export function wholeOf(value: string | undefined, name: string, fallback: number, least = 0): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < least)
    throw new UsageError(`--${name} must be a whole number of at least ${least}, not "${value}"`);
  return number;
}

export const jsonLine = (value: unknown): string => JSON.stringify(value);

export const needsHome = ({ needs }: Command, argv: readonly string[]): boolean =>
  (typeof needs === 'string' ? needs : needs(argv)) === 'home';
