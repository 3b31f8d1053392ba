import { setTimeout as pause } from 'node:timers/promises';
import { V253FxoLine } from '../../src/lines/v253/v253-fxo-line.js';
import { V253FxsLine } from '../../src/lines/v253/v253-fxs-line.js';
import type { Digit } from '../../src/primitives/keys.js';
import { SimulatedFxoLine, SimulatedFxsLine } from '../doubles/line.js';
import { Hat } from '../support/board/hat.js';
import { fxoContract, fxsContract } from './line.contract.js';

/** The state is read so often that what differs is put right soon. */
const promptly = { firstRetry: 50, longestRetry: 200, keepAlive: 200 };

fxsContract('in memory', async () => {
  const line = new SimulatedFxsLine();
  return {
    line,
    lift: async () => line.lift(),
    hangUp: async () => line.hangUp(),
    press: async (digits) => {
      for (const digit of digits) line.press(digit as Digit);
    },
    pulse: async (digits) => {
      for (const digit of digits) line.press(digit as Digit, 'pulse');
    },
    flash: async () => line.flash(),
    isRinging: () => line.ringing !== undefined,
    shownCaller: () => line.ringing?.caller,
    breakDown: async () => line.fail('for a test'),
    repair: async () => line.recover(),
    settle: async () => {},
    remove: async () => {},
  };
});

fxsContract('V.253 on the simulated HAT', async () => {
  const hat = await Hat.start('fxs');
  const line = new V253FxsLine({
    tty: hat.tty,
    country: 'de',
    audio: { kind: 'socket', path: hat.audio },
    timing: promptly,
  });
  return {
    line,
    lift: () => hat.tell({ do: 'lift' }),
    hangUp: () => hat.tell({ do: 'hangUp' }),
    press: (digits) => hat.press(digits),
    pulse: async (digits) => {
      for (const digit of digits) await hat.tell({ do: 'pulse', digit });
    },
    flash: () => hat.tell({ do: 'flash' }),
    isRinging: () => hat.last('bell')?.isRinging === true,
    shownCaller: () => hat.last('caller'),
    breakDown: () => hat.kill(),
    repair: () => hat.run(),
    settle: () => pause(3 * promptly.keepAlive),
    remove: () => hat.remove(),
  };
});

fxoContract('in memory', async () => {
  const line = new SimulatedFxoLine();
  return {
    line,
    ring: async (caller) => line.ringFromOutside(caller),
    stopRinging: async () => line.stopRinging(),
    playBusy: async () => line.playBusy(),
    breakLoop: async () => line.breakLoop(),
    isSeized: () => line.isSeized,
    dialled: () => line.dialled,
    breakDown: async () => line.fail('for a test'),
    repair: async () => line.recover(),
    settle: async () => {},
    remove: async () => {},
  };
});

fxoContract('V.253 on the simulated HAT', async () => {
  const hat = await Hat.start('fxo');
  const line = new V253FxoLine({
    tty: hat.tty,
    country: 'de',
    audio: { kind: 'socket', path: hat.audio },
    timing: promptly,
  });
  return {
    line,
    ring: (caller) => hat.tell({ do: 'ring', ...(caller && { caller }) }),
    stopRinging: () => hat.tell({ do: 'stopRinging' }),
    playBusy: () => hat.tell({ do: 'playBusy' }),
    breakLoop: () => hat.tell({ do: 'breakLoop' }),
    isSeized: () => hat.last('line')?.isSeized === true,
    dialled: () => hat.last('dialled')?.digits ?? '',
    breakDown: () => hat.kill(),
    repair: () => hat.run(),
    settle: () => pause(3 * promptly.keepAlive),
    remove: () => hat.remove(),
  };
});
