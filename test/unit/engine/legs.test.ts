import { EventEmitter } from 'node:events';
import type { Call } from 'node-pjsua2';
import { expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../../src/engine/engine.js';
import { PjsuaLegs } from '../../../src/engine/pjsua/legs.js';
import { Reports } from '../../../src/engine/pjsua/reports.js';
import { legId } from '../../../src/primitives/ids.js';

test('a call that was refused just before its leg was released is not made again', () => {
  const reports = new Reports();
  const told: EngineEvent[] = [];
  reports.onEvent((event) => told.push(event));
  const legs = new PjsuaLegs(reports, { isOurs: () => false, onEnded: () => {}, onReplaced: () => {} });
  const leg = legId('112');
  const tryAgain = vi.fn(() => true);
  // It has ended already, which is only about to be told.
  const call = Object.assign(new EventEmitter(), { hangUp: () => {} });
  legs.follow(leg, { call: call as unknown as Call, direction: 'outgoing', tryAgain });
  legs.release(leg, 'normal');
  call.emit('ended', { status: 421, cause: 'remote' });
  expect(tryAgain).not.toHaveBeenCalled();
  expect(told).toMatchObject([{ type: 'released', leg }]);
  expect(legs.get(leg)).toBeUndefined();
});
