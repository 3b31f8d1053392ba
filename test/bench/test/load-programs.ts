import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../native/', import.meta.url));
const generatorParts = ['rtp-load.c', 'stream.c', 'arrivals.c', 'clock.c', 'g711.c'];

/** Compiles a program of the bench into a folder of its own, with the checks that the sanitizers make. */
export function compile(name: 'rtp-load' | 'udp-relay'): string {
  const program = join(mkdtempSync(join(tmpdir(), 'modcall-bench-test-')), name);
  const parts = (name === 'rtp-load' ? generatorParts : [`${name}.c`]).map((part) => join(sources, part));
  const flags = ['-std=gnu11', '-O1', '-Wall', '-Wextra', '-Werror', '-fsanitize=address,undefined'];
  execFileSync('cc', [...flags, '-o', program, ...parts, '-lm'], { stdio: 'inherit' });
  return program;
}
