import { expect, test } from 'vitest';
import { listeningLamps } from '../../../src/monitoring/listening-lamps.js';
import type { Profile } from '../../../src/monitoring/profile.js';
import { legId } from '../../../src/primitives/ids.js';
import { anna, ben } from '../switchboard/office.js';
import { MonitoringDesk, talking, withProfile } from './desk.js';

/** Mona asks for Anna, who talks to Ben, under a profile like this. */
function listened(change: Partial<Profile>): MonitoringDesk {
  const desk = new MonitoringDesk(withProfile(change));
  desk.callsAre(talking(1, anna, ben));
  desk.monitoring('101');
  return desk;
}

const lamps = (desk: MonitoringDesk) => Object.fromEntries(listeningLamps(desk.state, desk.talking));

/** Somebody keys that on their leg of the call. */
function letsIn(desk: MonitoringDesk, leg: string): void {
  for (const digit of ['*', '1'] as const) desk.happens({ type: 'digit', leg: legId(leg), digit });
}

const none = { kind: 'none' } as const;
const tone = { kind: 'toneAtStart' } as const;

test('blink for each of those who have not let the moderator in yet, and are lit for all once everybody has', () => {
  const desk = listened({ admission: true });
  expect(lamps(desk)).toEqual({ '*1/101': 'ringing', '*1/102': 'ringing' });
  letsIn(desk, 'a1');
  expect(lamps(desk)).toEqual({ '*1/102': 'ringing' });
  letsIn(desk, 'b1');
  expect(lamps(desk)).toEqual({ '*1/101': 'talking', '*1/102': 'talking' });
  desk.callsAre();
  expect(lamps(desk)).toEqual({});
});

test('blink for a second moderator while the first listens', () => {
  const desk = listened({ admission: true });
  letsIn(desk, 'a1');
  letsIn(desk, 'b1');
  desk.monitoring('101');
  expect(lamps(desk)).toEqual({ '*1/101': 'ringing', '*1/102': 'ringing' });
});

test.each([
  [{ member: tone, other: none }, { '*1/101': 'talking' }],
  [{ member: none, other: tone }, { '*1/102': 'talking' }],
  [{ member: none, other: none }, {}],
])('tell only those who get a notice: %j', (notice, shown) => {
  expect(lamps(listened({ notice }))).toEqual(shown);
});

test('are dark as long as nothing is heard, since the record has not got it yet', () => {
  const desk = new MonitoringDesk(withProfile({ notice: { member: tone, other: tone } }));
  desk.callsAre(talking(1, anna, ben));
  desk.records = false;
  desk.monitoring('101');
  expect(lamps(desk)).toEqual({});
});
