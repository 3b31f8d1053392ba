import { describe } from 'vitest';
import { AnalogLegs } from '../../src/lines/analog-legs.js';
import { SimulatedHarness } from './double-harness.js';
import { engineContract } from './engine.contract.js';

/** Without a line everything goes through, and must come out as the engine promises it. */
describe('the driver of analog legs before the simulated engine', () =>
  engineContract(
    async () =>
      new SimulatedHarness(
        (engine) =>
          new AnalogLegs({
            engine,
            lines: new Map(),
            settings: { phones: [], trunks: [] },
            language: 'en',
            now: () => performance.now(),
            onReport: () => {},
          }),
      ),
  ));
