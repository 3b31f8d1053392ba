// Loaded into the program under test: at SIGUSR2 it writes how long, at most, its loop has been held up since the last time.
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { writeFileSync } = require('node:fs');

const path = process.env.BENCH_LOOP_DELAY;
if (path !== undefined && process.argv.includes('start')) {
  const resolution = 2;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  process.on('SIGUSR2', () => {
    writeFileSync(path, String(Math.max(0, delay.max / 1e6 - resolution)));
    delay.reset();
  });
}
