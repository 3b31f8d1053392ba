import { describe } from 'vitest';
import { SimulatedHarness } from './double-harness.js';
import { engineContract } from './engine.contract.js';
import { accountsContract } from './engine-accounts.contract.js';

describe('the simulated engine', () => engineContract(async () => new SimulatedHarness()));

describe('the accounts of the simulated engine', () => accountsContract(async () => new SimulatedHarness()));
