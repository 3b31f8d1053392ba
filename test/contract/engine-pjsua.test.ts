import { describe } from 'vitest';
import { engineContract } from './engine.contract.js';
import { accountsContract } from './engine-accounts.contract.js';
import { PjsuaHarness } from './pjsua-harness.js';

describe('the PJSIP engine', () => engineContract(() => PjsuaHarness.open()));

describe('the accounts of the PJSIP engine', () => accountsContract(() => PjsuaHarness.open()));
