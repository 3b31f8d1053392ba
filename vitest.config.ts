import { defineConfig } from 'vitest/config';
import { CountReporter } from './scripts/lib/count-reporter.js';

/** Time-outs are generous: machines are slow and shared. A figure belongs in a benchmark, not here. */
const minute = 60_000;

export default defineConfig({
  test: {
    reporters: ['default', new CountReporter()],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/bench/test/**/*.test.ts'],
          testTimeout: minute,
          hookTimeout: minute,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          testTimeout: 2 * minute,
          hookTimeout: 2 * minute,
          sequence: { groupOrder: 1 },
        },
      },
      // Real sockets and real time: one file after the other, so that they do not starve each other's calls.
      {
        test: {
          name: 'native',
          include: ['test/native/**/*.test.ts'],
          testTimeout: 3 * minute,
          hookTimeout: 3 * minute,
          pool: 'forks',
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 5 * minute,
          hookTimeout: 5 * minute,
          pool: 'forks',
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'web',
          include: ['test/web/**/*.test.ts'],
          expect: { poll: { timeout: minute / 2 } },
          testTimeout: 2 * minute,
          hookTimeout: 2 * minute,
          pool: 'forks',
          fileParallelism: false,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
