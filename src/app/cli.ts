import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Say } from './control.client.ts';
import { VERSION } from './version.ts';

// Modules are loaded when a command needs them, so that --version and --help answer at once.
const argv = process.argv.slice(2);

async function main(): Promise<number> {
  if (argv[0] === '--version' || argv[0] === '-v') {
    console.log(VERSION);
    return 0;
  }
  if (argv.length === 0 || argv[0] === '--help' || argv[0] === 'help' || argv[0] === '-h') {
    console.log((await import('./command-table.ts')).helpText());
    return argv.length === 0 ? 2 : 0;
  }
  if (argv.includes('--help')) {
    const { commandFor } = await import('./command-table.ts');
    const found = commandFor(argv);
    if (found !== null) {
      const { usage, help, details } = found.command;
      console.log([`usage: voxloop ${usage}`, help, ...(details === undefined ? [] : [details])].join('\n'));
      return 0;
    }
  }
  if (argv[0] === 'start') {
    await import('./start.ts');
    return new Promise(() => {});
  }
  const { readConfig } = await import('../platform/config.ts');
  const config = readConfig(process.env);
  if (config.failpoint !== null) (await import('../platform/failpoint.client.ts')).armFailpoint(config.failpoint);
  const request = { argv, cwd: process.cwd() };
  // A server that holds the home has everything loaded already; waiting for it takes a tenth of loading it here.
  if (existsSync(join(config.home, 'control.sock'))) {
    const exit = await (await import('./control.client.ts')).askServer(config.home, request, say);
    if (exit !== null) return exit;
  }
  return (await import('./run-command.ts')).runCommand(config, request, say);
}

const say: Say = ({ out, err }) => {
  if (out !== undefined) process.stdout.write(`${out}\n`);
  if (err !== undefined) process.stderr.write(`${err}\n`);
};

// Whoever reads no further (`| head`) has enough; what was asked for is done to its end all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main().then(
  (code) => {
    process.exitCode = code;
    // Standard output may be a pipe that is still being read; the loop ends by itself once it is drained.
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
