import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

/** Each run adds its count as a line; scripts/test.sh empties the file before and ends with the sum. */
export const countFile = 'build/test-counts';

/** Counts tests as `N passed, N failed, N skipped`. A file that does not even load, and an error outside any test, is a failure. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
    const line = `${count('passed')} passed, ${count('failed') + broken} failed, ${count('skipped', 'pending')} skipped`;
    mkdirSync(dirname(countFile), { recursive: true });
    appendFileSync(countFile, `${line}\n`);
  }
}
