import { expect, test } from 'vitest';
import { anna, mona } from '../switchboard/office.js';
import { MonitoringDesk, talking } from './desk.js';

const reason = 'endedByCouncil';
const end = (session: number) => ({ type: 'monitorEnded', session, reason }) as const;

test('a monitor that somebody ends from outside ends at once, and the dialogue with it', () => {
  const desk = new MonitoringDesk();
  desk.callsAre(talking(1, anna, '0301'));
  const leg = desk.monitoring('101');
  desk.happens(end(1));
  expect(desk.edges).toEqual([]);
  expect(desk.facts.at(-1)).toMatchObject({ type: 'ended', reason, member: anna, moderator: mona });
  expect(desk.told(leg)).toEqual(['refuse', 'ended-by-others', 'goodbye']);
  expect(desk.stage(leg)).toBe('parting');
});

test('so does one that waits for the next call', () => {
  const desk = new MonitoringDesk();
  desk.callsAre(talking(1, anna, '0301'));
  const leg = desk.monitoring('101');
  desk.keys(leg, '7');
  desk.callsAre();
  desk.happens(end(1));
  expect(desk.stage(leg)).toBe('parting');
  expect(desk.facts.filter(({ type }) => type === 'ended')).toHaveLength(1);
});

test('other monitors, and a moderator who listens to nobody, are left alone', () => {
  const desk = new MonitoringDesk();
  desk.callsAre(talking(1, anna, '0301'));
  const leg = desk.monitoring('101');
  desk.happens(end(2));
  expect(desk.edges).not.toEqual([]);
  desk.keys(leg, '##');
  desk.happens(end(1));
  expect(desk.stage(leg)).toBe('member');
});
