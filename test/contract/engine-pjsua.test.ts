import { describe, expect, test } from 'vitest';
import { trunkId } from '../../src/primitives/ids.js';
import { engineContract } from './engine.contract.js';
import { accountsContract } from './engine-accounts.contract.js';
import { EngineDesk } from './engine-desk.js';
import { PjsuaHarness } from './pjsua-harness.js';

describe('the PJSIP engine', () => engineContract(() => PjsuaHarness.open()));

describe('the accounts of the PJSIP engine', () => accountsContract(() => PjsuaHarness.open()));

/** Long enough for a packet on the loopback interface to have been read on PJSIP's thread. */
const packetMs = 500;

test('the PJSIP engine ends a call that was on its way when it stopped, and tells nobody of it', async () => {
  const desk = await EngineDesk.open(await PjsuaHarness.open());
  try {
    const { account, side } = await desk.harness.provider(trunkId('peer'), 'address');
    desk.engine.setTrunks([account]);
    await desk.events.next('trunkUp', ({ trunk }) => trunk === account.id);
    const calling = side.call('555');
    // The call is sent in this turn of the event loop, and the engine hears of it in the next.
    for (let tick = 0; tick < 50; tick += 1) await new Promise<void>((resolve) => process.nextTick(resolve));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, packetMs);
    await desk.stop();
    await desk.progresses(await calling, 'released');
    expect(desk.events.all.filter(({ type }) => type === 'incoming')).toEqual([]);
  } finally {
    await desk.harness.close();
  }
});
