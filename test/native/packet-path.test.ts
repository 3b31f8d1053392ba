import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../src/node-pjsua2/build/Release/packet-path-test', import.meta.url));

// In C++, because it is about what threads do while a packet passes: src/node-pjsua2/native/test.
it('keeps the promises of the packet path', () => {
  const { status, stdout } = spawnSync(program, { encoding: 'utf8' });
  expect(status, stdout).toBe(0);
});
