import { describe } from 'vitest';
import { engineContract } from './engine.contract.js';
import { PjsuaHarness } from './pjsua-harness.js';

describe('the PJSIP engine', () => engineContract(() => PjsuaHarness.open()));
