import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly test: string; readonly why: string }[];
}

/** Writes how a vitest run ended to the file that VOXLOOP_TEST_COUNTS names; files that failed to load count as one failure each. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: TestRunEndReason): void {
    const target = process.env.VOXLOOP_TEST_COUNTS;
    if (target === undefined) return;
    let passed = 0;
    let failed = unhandled.length;
    const skipped: { test: string; why: string }[] = [];
    for (const module of modules) {
      const before = failed;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'failed') failed += 1;
        else
          skipped.push({
            test: `${module.relativeModuleId}: ${test.fullName}`,
            why: 'note' in result && result.note ? result.note : 'no reason given',
          });
      }
      if (module.state() === 'failed' && failed === before) failed += 1;
    }
    if (reason !== 'passed' && failed === 0) failed = 1;
    writeFileSync(target, JSON.stringify({ passed, failed, skipped } satisfies Counts));
  }
}
