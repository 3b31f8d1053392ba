import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../native/', import.meta.url));
const parts = {
  'rtp-load': ['rtp-load.c', 'stream.c', 'arrivals.c', 'clock.c', 'g711.c'],
  'udp-relay': ['udp-relay.c'],
  'replay-arrivals': ['../test/replay-arrivals.c', 'arrivals.c'],
} as const;

/** Compiles a program of the bench, or of its tests, into a folder of its own, with the checks that the sanitizers make. */
export function compile(name: keyof typeof parts): string {
  const program = join(mkdtempSync(join(tmpdir(), 'modcall-bench-test-')), name);
  const flags = ['-std=gnu11', '-O1', '-Wall', '-Wextra', '-Werror', '-fsanitize=address,undefined', '-I', sources];
  execFileSync('cc', [...flags, '-o', program, ...parts[name].map((part) => join(sources, part)), '-lm'], {
    stdio: 'inherit',
  });
  return program;
}
