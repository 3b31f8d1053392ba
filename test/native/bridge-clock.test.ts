import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Player } from '../../src/node-pjsua2/src/index.js';
import { LocalEndpoint } from './support/local-endpoint.js';

/** How often the thread of this process with that name has waited so far (proc(5)). */
function waitsOf(name: string): number {
  const tasks = readdirSync('/proc/self/task').map((task) => `/proc/self/task/${task}`);
  const task = tasks.find((path) => readFileSync(`${path}/comm`, 'utf8').trim() === name);
  if (task === undefined) throw new Error(`no thread is called ${name}`);
  return Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`${task}/status`, 'utf8'))?.[1]);
}

async function waitsPerSecond(): Promise<number> {
  const before = waitsOf('bridge');
  await setTimeout(1000);
  return waitsOf('bridge') - before;
}

describe('the clock of the bridge', () => {
  let local: LocalEndpoint;
  let player: Player;

  beforeAll(async () => {
    local = await LocalEndpoint.start();
    player = local.endpoint.createPlayer({ segments: [{ frequencies: [450], ms: 500, levelDbfs: -12 }], loop: true });
  });
  afterAll(() => local.close());

  it('rests while the bridge has nothing to do, and ticks as soon and as long as it does', async () => {
    await setTimeout(1500);
    expect(await waitsPerSecond()).toBeLessThan(3);
    const recorder = local.endpoint.createRecorder(`${local.folder}/rest.wav`);
    const connection = await local.endpoint.connect(player, recorder);
    expect(await waitsPerSecond()).toBeGreaterThan(25);
    await connection.close();
    await recorder.close();
    await setTimeout(1500);
    expect(await waitsPerSecond()).toBeLessThan(3);
  });
});
