import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../../../src/gateway/log.js';
import { TroubleLog } from '../../../src/gateway/trouble-log.js';
import { trunkId } from '../../../src/primitives/ids.js';

const trunk = trunkId('city');

let told: string[];
let trouble: TroubleLog;
beforeEach(() => {
  told = [];
  const note = (_fields: object, text: string) => {
    told.push(text);
  };
  const log: Log = { trace: note, debug: note, info: note, warn: note, error: note };
  trouble = new TroubleLog(log);
});
afterEach(() => trouble.stop());

/** As the engine reports it. */
const isRefused = (status: number, reason: string) => {
  trouble.trunkRefused({ type: 'trunkRefused', trunk, status, reason, answered: true });
  trouble.trunkDown({ type: 'trunkDown', trunk, reason: `${status} ${reason}` });
};
const goesDown = (reason: string) => trouble.trunkDown({ type: 'trunkDown', trunk, reason });

describe('a trunk that is refused', () => {
  it('is logged once for each reason, however often it is tried', () => {
    isRefused(403, 'Forbidden');
    isRefused(403, 'Forbidden');
    isRefused(404, 'Not Found');
    expect(told).toHaveLength(2);
  });

  it.each(['removed', 'not registered yet'])('is logged again after it was %s', (reason) => {
    isRefused(403, 'Forbidden');
    goesDown(reason);
    isRefused(403, 'Forbidden');
    expect(told).toHaveLength(2);
  });
});

describe('a trunk that is up', () => {
  it('is logged once, and again after it was down', () => {
    trouble.trunkUp(trunk);
    trouble.trunkUp(trunk);
    goesDown('unplugged');
    trouble.trunkUp(trunk);
    expect(told).toEqual(['a trunk is up', 'a trunk is up']);
  });
});
