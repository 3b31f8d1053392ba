import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { MonitorDesk } from '../../../../src/admin/live/monitor-desk.js';
import type { Caller } from '../../../../src/admin/operation.js';
import type { WorldEvent } from '../../../../src/gateway/world.js';
import type { AuditFact } from '../../../../src/monitoring/records.js';
import { callId, profileId } from '../../../../src/primitives/ids.js';
import { SimulatedBrowsers } from '../../../doubles/browsers.js';
import { House } from '../../gateway/house.js';
import { sampleSettings } from '../../store/settings/sample-settings.js';
import { anna, mona } from '../../switchboard/office.js';
import { person } from '../box.js';

const moderator: Caller = { ...person('mona', ['moderator']), extension: mona, login: 'first' };
const order = { member: null, call: null, profile: null, purpose: 'quality', pin: '1234', on: 'phone', session: null };
const of = (session: number) => ({ session, profile: profileId('support'), caller: mona, purpose: 'quality' });
const draw = { moderator: mona, member: anna, call: callId(1), draw: 7 };
const attempt = (session: number): AuditFact => ({ ...of(session), type: 'attempt' });
const begun = (session: number): AuditFact => ({ ...of(session), type: 'drawBegun', moderator: mona, candidates: [] });
const drawn = (session: number): AuditFact => ({ ...of(session), type: 'drawn', index: 0, ...draw });
const drawEnded = (session: number): AuditFact => ({ ...of(session), type: 'drawEnded', outcome: 'refused', ...draw });

let house: House;
let asked: WorldEvent[];
beforeEach(async () => {
  house = await House.open();
  asked = [];
});

/** A desk whose rules note these facts when they are asked. */
function beginning(...facts: readonly AuditFact[]) {
  const dispatch = (event: WorldEvent) => {
    asked.push(event);
    if (event.type === 'monitorAskedFor') for (const fact of facts) house.noted.tell(fact);
  };
  const desk = new MonitorDesk({
    gateway: { world: house.gateway.world, dispatch },
    clock: { read: () => ({ now: house.now }) },
    settings: { current: { settings: sampleSettings() } },
    facts: house.noted,
    browsers: new SimulatedBrowsers(),
  });
  return desk.begin({ ...order, on: 'phone' }, moderator);
}

describe('whoever has a call drawn learns what has come of it', () => {
  test('also where an earlier dialogue’s draw ends by it', async () => {
    const refused = { ...of(5), type: 'refused', reason: 'callLimit', moderator: mona, member: anna } as const;
    await expect(beginning(drawEnded(4), begun(5), drawn(5), refused)).rejects.toMatchObject({
      problem: { code: 'live.refused.callLimit' },
    });
    expect(await beginning(drawEnded(4), begun(5), drawn(5))).toMatchObject({ session: 5 });
  });

  test('also where the drawn call has ended by then', async () => {
    expect(await beginning(begun(5), drawn(5))).toMatchObject({ session: 5 });
  });

  test('and waits for it no longer than the time that is allowed, after which nothing begins', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const slow = expect(beginning(attempt(5))).rejects.toMatchObject({
      ...{ kind: 'unavailable', problem: { code: 'live.tooSlow' } },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    await slow;
    expect(asked.at(-1)).toEqual({ type: 'monitorEnded', session: 5, reason: 'moderatorLeft' });
  });
});
