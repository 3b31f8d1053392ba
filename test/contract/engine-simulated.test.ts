import { describe } from 'vitest';
import { engineContract } from './engine.contract.js';
import { SimulatedHarness } from './simulated-harness.js';

describe('the simulated engine', () => engineContract(async () => new SimulatedHarness()));
