import { describe } from 'vitest';
import { SimulatedHarness } from './double-harness.js';
import { engineContract } from './engine.contract.js';

describe('the simulated engine', () => engineContract(async () => new SimulatedHarness()));
