import { defineConfig } from 'vitest/config';
import { CountReporter } from '../../scripts/lib/count-reporter.js';

/** In the order of the file: one thing after the other is done to the same machine. */
export default defineConfig({
  test: {
    reporters: ['default', new CountReporter()],
    include: ['test/packages/**/*.test.ts'],
    testTimeout: 5 * 60_000,
    hookTimeout: 15 * 60_000,
    fileParallelism: false,
    bail: 1,
  },
});
