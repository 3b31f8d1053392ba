import { defineConfig } from 'vitest/config';
import { CountReporter } from '../../scripts/lib/count-reporter.js';

/** In the order of the files: an emulated board takes all of the machine. A start takes minutes where others work, too. */
export default defineConfig({
  test: {
    reporters: ['default', new CountReporter()],
    include: ['image/test/**/*.test.ts'],
    testTimeout: 20 * 60_000,
    hookTimeout: 5 * 60_000,
    fileParallelism: false,
    bail: 1,
  },
});
