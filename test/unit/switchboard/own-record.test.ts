import { describe, expect, test } from 'vitest';
import { legId } from '../../../src/primitives/ids.js';
import { announcementPlaybacks, announcementsOver, handlingsKept } from '../../../src/switchboard/announcement.js';
import { type OwnRecord, ownRecordAsked, ownRecordRead, ownRecordSpeech } from '../../../src/switchboard/own-record.js';
import { emptySwitchboard } from '../../../src/switchboard/state.js';
import { extensionParty, inWords } from '../monitoring/desk.js';
import { anna, city, office, outside } from './office.js';

const leg = legId('a1');
const record: OwnRecord = {
  timesThisMonth: 12,
  latest: [{ day: 3, month: 11, hour: 9, minute: 5, mode: 'whisper', seconds: 125 }],
};

const asked = () => ownRecordAsked(emptySwitchboard(office), extensionParty(anna, 'a1'), 0);
const told = (state: ReturnType<typeof asked>['state']) =>
  announcementPlaybacks(state, 'en').flatMap(({ items }) => items.map(inWords));

describe('the code for one’s own record', () => {
  test('has it read for the extension that dials it, and says nothing before', () => {
    const { state, signals } = asked();
    expect(signals).toEqual([{ kind: 'readOwnRecord', leg, extension: anna }]);
    expect(told(state)).toEqual([]);
    expect(told(handlingsKept(state, 99))).toEqual([]);
  });

  test('then tells how often, when, how and how long', () => {
    const { state } = asked();
    expect(told(ownRecordRead(state, { type: 'ownRecordRead', leg, record }, 0))).toEqual([
      ...['own-record-month', '12', 'own-record-latest', '400 ms', 'own-record-day', '3', 'own-record-in-month', '11'],
      ...['own-record-clock', '9:05', 'mode-whisper', 'own-record-minutes', '2', 'own-record-seconds', '5', '400 ms'],
    ]);
  });

  test('says so where the record cannot be read', () => {
    const { state } = asked();
    expect(told(ownRecordRead(state, { type: 'ownRecordRead', leg, record: null }, 0))).toEqual(['not-available']);
  });

  test('says so, too, where reading takes longer than the caller can wait, and tells nothing after that', () => {
    const { state } = asked();
    expect(told(announcementsOver(state, 44_000))).toEqual([]);
    const late = announcementsOver(state, 45_000);
    expect([told(late), late.releasing.get(leg)]).toEqual([['not-available'], undefined]);
    expect(ownRecordRead(late, { type: 'ownRecordRead', leg, record }, 46_000)).toBe(late);
    expect(announcementsOver(late, 89_000).releasing.get(leg)).toBeUndefined();
    expect(announcementsOver(late, 90_000).releasing.get(leg)).toBe('normal');
  });

  test('tells nobody who did not ask, and nobody twice', () => {
    const { state } = asked();
    const other = { type: 'ownRecordRead', leg: legId('a9'), record } as const;
    expect(ownRecordRead(state, other, 0)).toBe(state);
    const once = ownRecordRead(state, { type: 'ownRecordRead', leg, record }, 0);
    expect(ownRecordRead(once, { type: 'ownRecordRead', leg, record: null }, 0)).toBe(once);
  });

  test('is worth nothing to a caller from outside', () => {
    const caller = { ...extensionParty(anna, 'a1'), line: outside(city) };
    const { state, signals } = ownRecordAsked(emptySwitchboard(office), caller, 0);
    expect([signals, told(state), state.releasing.get(leg)]).toEqual([[], [], 'unavailable']);
  });

  test('leaves the length out where it is not known', () => {
    const [session] = record.latest;
    const unknown = { timesThisMonth: 0, latest: session ? [{ ...session, seconds: null }] : [] };
    expect(ownRecordSpeech(unknown).map(inWords)).not.toContain('own-record-minutes');
  });
});
