import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Each failure with the beginning of its reason, in the order of the files. */
  readonly failures: readonly { readonly test: string; readonly why: string }[];
  readonly skipped: readonly { readonly test: string; readonly why: string }[];
}

/** Writes how a vitest run ended to the file that VOXLOOP_TEST_COUNTS names; files that failed to load count as one failure each. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: TestRunEndReason): void {
    const target = process.env.VOXLOOP_TEST_COUNTS;
    if (target === undefined) return;
    let passed = 0;
    const failures = unhandled.map((error) => ({ test: 'outside of every test', why: reasonOf(error) }));
    const skipped: { test: string; why: string }[] = [];
    for (const module of modules) {
      const before = failures.length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'failed')
          failures.push({ test: `${module.relativeModuleId}: ${test.fullName}`, why: reasonOf(result.errors[0]) });
        else
          skipped.push({
            test: `${module.relativeModuleId}: ${test.fullName}`,
            why: 'note' in result && result.note ? result.note : 'no reason given',
          });
      }
      if (module.state() === 'failed' && failures.length === before)
        failures.push({ test: module.relativeModuleId, why: reasonOf(module.errors()[0]) });
    }
    if (reason !== 'passed' && failures.length === 0) failures.push({ test: 'the whole run', why: reason });
    writeFileSync(target, JSON.stringify({ passed, failed: failures.length, failures, skipped } satisfies Counts));
  }
}

/** The beginning of the message, and the line of ours where it happened: a log that is cut leaves only this. */
function reasonOf(error: SerializedError | undefined): string {
  const frame = error?.stacks?.find(({ file }) => !file.includes('node_modules'));
  const where = frame === undefined ? '' : ` (${basename(frame.file)}:${frame.line})`;
  return `${beginning(error?.message)}${where}`;
}

const beginning = (message = 'no reason given'): string => message.replaceAll(/\s+/g, ' ').slice(0, 300);
