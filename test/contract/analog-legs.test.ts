import { describe } from 'vitest';
import { AnalogLegs } from '../../src/lines/analog-legs.js';
import { SimulatedHarness } from './double-harness.js';
import { engineContract } from './engine.contract.js';
import { accountsContract } from './engine-accounts.contract.js';

/** Without a line everything goes through, and must come out as the engine promises it. */
const behindTheDriver = () =>
  new SimulatedHarness(
    (engine) =>
      new AnalogLegs({
        engine,
        openLine: () => undefined,
        settings: { phones: [], trunks: [] },
        language: 'en',
        now: () => performance.now(),
        onReport: () => {},
      }),
  );

describe('the driver of analog legs in front of the simulated engine', () =>
  engineContract(async () => behindTheDriver()));

describe('the accounts behind the driver of analog legs', () => accountsContract(async () => behindTheDriver()));
