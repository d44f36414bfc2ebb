import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** A table as Markdown, columns padded so that it reads well in a terminal too. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  console.log([line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n'));
}

/** What a figure means nothing without. */
export function printMachine(name: string): void {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(
    `\n## ${name}\n\n${new Date().toISOString().slice(0, 16)}Z, commit ${commit}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'CPU'}, ${memory} GiB, Node ${process.version}, load before ${loadavg()[0]?.toFixed(1)}\n`,
  );
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en');
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
