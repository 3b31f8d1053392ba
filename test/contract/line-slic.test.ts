import { mkdtemp, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FxsEvent } from '../../src/lines/line-events.js';
import { canFakeGpio } from '../support/board/gpio-tree.js';
import { Slic } from '../support/board/slic.js';
import { compiled } from '../support/compiled.js';
import { until } from '../support/waiting.js';
import { fxsContract } from './line.contract.js';

/** Longer than the driver's pause between two looks at the module. */
const looksMs = 2500;

describe.runIf(canFakeGpio)('with a /sys/class/gpio of its own', () => {
  let folder: string;
  let program: string;

  beforeAll(async () => {
    // Within the checkout, so that the script finds the packages.
    folder = await mkdtemp(fileURLToPath(new URL('../../build/slic-', import.meta.url)));
    program = await compiled(new URL('../support/board/slic-process.ts', import.meta.url), folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const open = async () => {
    const slic = await Slic.open(program);
    return {
      line: slic,
      lift: () => slic.setLoop(true),
      hangUp: () => slic.setLoop(false),
      press: async () => {},
      pulse: (digits: string) => slic.pulse(digits),
      flash: () => slic.flash(),
      isRinging: () => slic.lines.isActive('ringMode'),
      shownCaller: () => undefined,
      breakDown: async () => slic.breakDown(),
      repair: async () => slic.repair(),
      settle: () => pause(looksMs),
      remove: () => slic.remove(),
    };
  };
  fxsContract('a SLIC module on GPIO lines', open, { keys: false, callerId: false });

  describe('a telephone on a SLIC module', () => {
    let slic: Slic;
    let events: FxsEvent[];

    beforeEach(async () => {
      slic = await Slic.open(program);
      events = [];
      slic.onEvent((event) => events.push(event));
    });
    afterEach(async () => {
      await slic.stop();
      await slic.remove();
    });

    const has = (type: FxsEvent['type']) => until(type, () => events.find((event) => event.type === type));

    it('gets a current that alternates while it rings, and rest between', async () => {
      slic.start();
      await has('ready');
      slic.ring([400, 400]);
      for (const isReversed of [true, false, true]) {
        await until('the polarity to change', () => slic.lines.isActive('reverse') === isReversed);
        expect(slic.lines.isActive('ringMode')).toBe(true);
      }
      await until('the pause', () => !slic.lines.isActive('ringMode'));
      expect(slic.lines.isActive('reverse')).toBe(false);
      await until('the next ring', () => slic.lines.isActive('ringMode'));
    });

    it('has its keys found in the sound', async () => {
      slic.start();
      expect(await has('ready')).toMatchObject({ digits: 'inBand' });
      expect(slic.lines.wakes).toBe(true);
    });

    it('that was lifted before is found so', async () => {
      await slic.setLoop(true);
      slic.start();
      await has('offHook');
      expect(events.map(({ type }) => type)).toEqual(['ready', 'offHook']);
    });

    it('is missed while its chip is missing, once, and found when it is there', async () => {
      await slic.lines.takeAway('hook');
      slic.start();
      expect(await has('fault')).toMatchObject({ advice: { code: 'advice.part.other' } });
      await pause(looksMs);
      expect(events).toHaveLength(1);
      await slic.lines.putBack('hook');
      await has('ready');
    });
  });
});
