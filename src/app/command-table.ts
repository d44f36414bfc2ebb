import { askCommand, voicesCommand } from './commands/ask.ts';
import type { Command } from './commands/command.ts';
import { importCommand } from './commands/import.ts';
import {
  alarmsCommand,
  fsckCommand,
  jobsCommand,
  memberCommand,
  signInCommand,
  tokenCommand,
  warehouseCommand,
} from './commands/operate.ts';
import { readCommand, trainCommand, useCommand } from './commands/read.ts';
import { loadCommand, provinceCommand } from './commands/scenario.ts';

export const COMMANDS: readonly Command[] = [
  importCommand,
  askCommand,
  voicesCommand,
  alarmsCommand,
  readCommand,
  trainCommand,
  useCommand,
  provinceCommand,
  loadCommand,
  signInCommand,
  tokenCommand,
  memberCommand,
  fsckCommand,
  warehouseCommand,
  jobsCommand,
];

/** The command that the words name, and the words that are left. */
export function commandFor(argv: readonly string[]): { command: Command; rest: readonly string[] } | null {
  for (const command of COMMANDS.toSorted((a, b) => b.words.length - a.words.length)) {
    const words = command.words.split(' ');
    if (words.every((word, i) => argv[i] === word)) return { command, rest: argv.slice(words.length) };
  }
  return null;
}

export function helpText(): string {
  const width = Math.max(...COMMANDS.map((command) => command.words.length)) + 2;
  return [
    'Voxloop 客声闭环',
    '',
    'usage: voxloop COMMAND [--as MEMBER] …',
    '',
    ...COMMANDS.map((command) => `  ${command.words.padEnd(width)}${command.help}`),
    `  ${'start'.padEnd(width)}Start the server (as npm start does)`,
    '',
    'voxloop COMMAND --help tells its options. State lives under VOXLOOP_HOME (default .voxloop).',
  ].join('\n');
}
