import { defineConfig } from 'vitest/config';
import { CountReporter } from '../../scripts/lib/count-reporter.js';

/** In the order of the files: an emulated board takes all of the machine. Whether something takes too long is seen by what the board says. */
export default defineConfig({
  test: {
    reporters: ['default', new CountReporter()],
    include: ['image/test/**/*.test.ts'],
    testTimeout: 60 * 60_000,
    hookTimeout: 60 * 60_000,
    fileParallelism: false,
    bail: 1,
  },
});
