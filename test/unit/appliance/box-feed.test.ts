import { expect, test } from 'vitest';
import { type EventKind, eventKinds } from '../../../src/admin/event-kinds.js';
import { BoxFeed } from '../../../src/appliance/faces/box-feed.js';
import { BoxClock } from '../../../src/gateway/clock.js';
import { extensionNumber } from '../../../src/primitives/ids.js';
import { type Role, roles } from '../../../src/primitives/roles.js';
import type { LiveEvent } from '../../../src/web/events/feed.js';
import { person } from '../admin/box.js';

const clock = new BoxClock(null, { wall: () => Date.UTC(2026, 10, 29), uptimeMs: () => 0 });

function watched(): { feed: BoxFeed; seen: LiveEvent[] } {
  const feed = new BoxFeed(clock);
  const seen: LiveEvent[] = [];
  feed.subscribe((event) => seen.push(event));
  return { feed, seen };
}

test.each<readonly [EventKind, readonly Role[]]>([
  ['calls', ['admin', 'read']],
  ['monitors', ['admin', 'council']],
  ['callHandling', ['admin', 'read']],
  ['registrations', ['admin', 'read']],
  ['lamps', ['admin', 'read']],
  ['licence', ['admin', 'read']],
  ['phones', ['admin', 'read']],
  ['settings', ['admin', 'read', 'council']],
  ['log', ['admin']],
])('%s are seen by nobody but %s', (kind, allowed) => {
  const { feed, seen } = watched();
  feed.publish(kind, {});
  const mayBeSeenBy = (role: Role) => seen[0]?.isFor(person('x', [role]));
  expect(roles.filter(mayBeSeenBy).sort()).toEqual([...allowed].sort());
  expect(seen[0]?.isFor(person('x', []))).toBe(false);
});

test('every kind that there is has been asked about', () => {
  expect(eventKinds).toHaveLength(9);
});

test('a line of the log is told as it stands in the file', () => {
  const { feed, seen } = watched();
  feed.publishLine('{"level":"warn","time":"2026-11-29T00:00:00.000Z","code":"x","msg":"something"}\n');
  expect(seen).toMatchObject([
    { kind: 'log', at: '2026-11-29T00:00:00.000Z', data: { level: 'warn', code: 'x', msg: 'something' } },
  ]);
});

test('while nobody watches nothing is read or made', () => {
  const feed = new BoxFeed(clock);
  expect(() => feed.publishLine('no JSON at all')).not.toThrow();
  feed.subscribe(() => {})();
  expect(() => feed.publishLine('no JSON at all')).not.toThrow();
});

test('a one-time code in the log is told to nobody who watches from afar', () => {
  const { feed, seen } = watched();
  const msg = 'the button was held: this one-time code sets the password of an admin';
  feed.publishLine(JSON.stringify({ level: 'warn', time: '2026-11-29T00:00:00.000Z', code: '1234-5678', msg }));
  expect(seen).toMatchObject([{ kind: 'log', data: { msg, code: '****-****-****' } }]);
});

test('call handling is also seen by the person at the extension', () => {
  const { feed, seen } = watched();
  feed.publish('callHandling', { extension: '101' });
  const isFor = (extension: string) =>
    seen[0]?.isFor({ ...person('x', ['member']), extension: extensionNumber(extension) });
  expect([isFor('101'), isFor('102')]).toEqual([true, false]);
});

test('what comes of asking for help is also seen by whoever has asked, and not by the other party', () => {
  const { feed, seen } = watched();
  for (const type of ['helpAsked', 'helpGiven', 'helpEnded', 'started'])
    feed.publish('monitors', { type, member: '101', other: '102' });
  const seenBy = (extension: string) =>
    seen.flatMap(({ data, isFor }) =>
      isFor({ ...person('x', ['member']), extension: extensionNumber(extension) }) ? [data.type] : [],
    );
  expect([seenBy('101'), seenBy('102')]).toEqual([['helpAsked', 'helpGiven', 'helpEnded'], []]);
});
