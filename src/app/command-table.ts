import { actionsImportCommand } from './commands/actions.ts';
import { askCommand, voicesCommand } from './commands/ask.ts';
import { backupCommand, backupsCommand, restoreCommand } from './commands/backup.ts';
import type { Command } from './commands/command.ts';
import { compareCommand } from './commands/experiment.ts';
import { importCommand, rejectedCommand, undoCommand } from './commands/import.ts';
import { modelTrainCommand } from './commands/model.ts';
import {
  alarmsCommand,
  fsckCommand,
  jobsCommand,
  memberCommand,
  signInCommand,
  tokenCommand,
  warehouseCommand,
} from './commands/operate.ts';
import { pairsCommand } from './commands/pairs.ts';
import { readCommand, trainCommand, useCommand } from './commands/read.ts';
import { satisfactionDriversCommand } from './commands/satisfaction.ts';
import { loadCommand, provinceCommand } from './commands/scenario.ts';

export const COMMANDS: readonly Command[] = [
  importCommand,
  undoCommand,
  rejectedCommand,
  askCommand,
  voicesCommand,
  alarmsCommand,
  pairsCommand,
  readCommand,
  trainCommand,
  useCommand,
  modelTrainCommand,
  actionsImportCommand,
  compareCommand,
  satisfactionDriversCommand,
  provinceCommand,
  loadCommand,
  signInCommand,
  tokenCommand,
  memberCommand,
  fsckCommand,
  warehouseCommand,
  jobsCommand,
  backupCommand,
  backupsCommand,
  restoreCommand,
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
