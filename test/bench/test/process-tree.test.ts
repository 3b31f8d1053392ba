import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { until } from '../../support/waiting.js';
import { ProcessTree } from '../process-tree.js';

it('counts processor time and memory of children too, and how old the process is', async () => {
  const burn = 'const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end);';
  const idle = 'setInterval(() => {}, 1e6); console.log("burnt");';
  const child = `${burn} ${idle}`;
  const parent = `const { spawn } = require('node:child_process');
    spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });`;
  const process_ = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  try {
    await once(process_.stdout, 'data');
    const tree = new ProcessTree(process_.pid ?? 0);
    expect(tree.cpuSeconds()).toBeGreaterThan(0.29);
    expect(tree.memory().rss).toBeGreaterThan(40);
    expect(tree.memory().pss).toBeLessThan(tree.memory().rss);
    const age = tree.ageMs();
    await until('it to grow older', () => tree.ageMs() > age);
  } finally {
    process.kill(-(process_.pid ?? 0));
  }
});
