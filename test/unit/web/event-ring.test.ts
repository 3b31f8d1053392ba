import { describe, expect, it } from 'vitest';
import { type EventKind, eventKinds } from '../../../src/admin/event-kinds.js';
import { EventRing } from '../../../src/web/events/event-ring.js';
import type { LiveEvent } from '../../../src/web/events/feed.js';

const event = (data: LiveEvent['data'], kind: EventKind = 'calls'): LiveEvent => ({
  kind,
  at: '',
  data,
  isFor: () => true,
});
const all = new Set(eventKinds);
const idOf = (frame: Buffer) => /^id: (.*)$/m.exec(frame.toString())?.[1] ?? '';

describe('the latest events', () => {
  it('are sent from any of them on', () => {
    const ring = new EventRing();
    const ids = [1, 2, 3].map((number) => idOf(ring.add(event({ number })).frame));
    expect(ids.map((id) => ring.since(id, all)?.map(({ serial }) => serial))).toEqual([[2, 3], [3], []]);
  });

  it('are only so many, and the first that is known may have been let go of', () => {
    const ring = new EventRing();
    const ids = Array.from({ length: 600 }, (_, number) => idOf(ring.add(event({ number })).frame));
    expect(ring.since(ids[98] ?? '', all)).toBeNull();
    expect(ring.since(ids[99] ?? '', all)).toHaveLength(500);
  });

  it('take only so many bytes', () => {
    const ring = new EventRing();
    const ids = Array.from({ length: 100 }, () => idOf(ring.add(event({ text: 'x'.repeat(15_000) })).frame));
    const kept = ids.findIndex((id) => ring.since(id, all) !== null);
    const bytes = ring.since(ids[kept] ?? '', all)?.reduce((sum, { frame }) => sum + frame.length, 0);
    expect(bytes).toBeLessThan(512 * 1024);
    expect(kept).toBeGreaterThan(50);
  });

  it('of a call outlast any number of lines of the log, which are missed only by those who watch them', () => {
    const ring = new EventRing();
    const first = idOf(ring.add(event({ number: 1 })).frame);
    for (let line = 0; line < 2000; line += 1) {
      ring.add(event({ line }, 'log'));
      if (line % 1000 === 0) ring.add(event({ line }));
    }
    expect(ring.since(first, new Set(['calls', 'monitors']))).toHaveLength(2);
    expect(ring.since(first, all)).toBeNull();
    expect(ring.since(first, new Set(['log']))).toBeNull();
    const recent = idOf(ring.add(event({ line: 2000 }, 'log')).frame);
    ring.add(event({ number: 2 }));
    ring.add(event({ line: 2001 }, 'log'));
    expect(ring.since(recent, all)?.map(({ kind }) => kind)).toEqual(['calls', 'log']);
  });

  it('are not mixed up with those of an earlier start, or of the future', () => {
    const [before, now] = [new EventRing(), new EventRing()];
    const old = idOf(before.add(event({})).frame);
    const next = idOf(now.add(event({})).frame).replace(/-1$/, '-2');
    expect([now.since(old, all), now.since(next, all)]).toEqual([null, null]);
  });

  it('are one line of data each, whatever is in it', () => {
    const { frame } = new EventRing().add(event({ text: 'a\n\ndata: b\r\nid: 7\u2028' }));
    expect(frame.toString().split('\n')).toHaveLength(5);
    expect(frame.toString()).not.toContain('\r');
  });
});
