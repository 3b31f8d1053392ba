import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callerOf } from '../../doubles/access.js';
import { WatchedStream } from '../../support/event-stream.js';
import { until } from '../../support/waiting.js';
import { NoteWeb } from '../../support/web.js';

let web: NoteWeb;
const streams: WatchedStream[] = [];

const limits = { heartbeatMs: 100, streams: 4, streamsOfOne: 3, unread: 64 * 1024 };

beforeEach(async () => {
  web = await NoteWeb.open(limits);
});
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
  web.close();
});

async function watch(query = '', headers: Record<string, string> = {}): Promise<WatchedStream> {
  const credential = headers.cookie === undefined ? { authorization: 'Bearer token-read' } : {};
  const stream = await WatchedStream.open(web.port, `/api/events${query}`, { ...credential, ...headers });
  streams.push(stream);
  return stream;
}

const numbers = ({ events }: WatchedStream) => events.map(({ data }) => data.number);

async function metric(name: string): Promise<number> {
  const { text } = await web.ask('/metrics', { as: 'read' });
  return Number(new RegExp(`^modcall_${name} (\\d+)$`, 'm').exec(text)?.[1]);
}

describe('the live events', () => {
  it('are sent as they happen, with the kind and the time', async () => {
    const stream = await watch();
    expect(stream.response.headers['content-type']).toBe('text/event-stream');
    web.feed.tell('calls', { number: 1, text: 'two\nlines' });
    await until('the event', () => stream.events.length === 1);
    expect(stream.events[0]).toMatchObject({
      event: 'calls',
      data: { at: '2026-11-29T05:00:00.000Z', number: 1, text: 'two\nlines' },
    });
  });

  it('are only of the kinds asked for', async () => {
    const stream = await watch('?kinds=calls&kinds=lamps');
    for (const [number, kind] of (['log', 'calls', 'monitors', 'lamps'] as const).entries())
      web.feed.tell(kind, { number });
    await until('the events', () => stream.events.length === 2);
    expect(numbers(stream)).toEqual([1, 3]);
  });

  it('are of kinds that there are', async () => {
    const answer = await web.ask('/api/events?kinds=secrets', { as: 'read' });
    expect([answer.status, answer.json.path]).toEqual([422, ['kinds', 0]]);
  });

  it('are sent to those who may see them', async () => {
    const [read, admin] = [await watch(), await watch('', { authorization: 'Bearer token-admin' })];
    web.feed.tell('log', { number: 1 }, ({ roles }) => roles.has('admin'));
    web.feed.tell('calls', { number: 2 });
    await until('the events', () => admin.events.length === 2 && read.events.length === 1);
    expect([numbers(admin), numbers(read)]).toEqual([[1, 2], [2]]);
  });

  it('are sent to nobody who has not signed in', async () => {
    expect((await web.ask('/api/events')).status).toBe(401);
  });

  it('go on where they were cut off', async () => {
    const first = await watch();
    for (const number of [1, 2, 3]) web.feed.tell('calls', { number });
    await until('the events', () => first.events.length === 3);
    const id = first.events[1]?.id ?? '';
    first.close();
    web.feed.tell('calls', { number: 4 });
    const second = await watch('', { 'last-event-id': id });
    await until('what was missed', () => second.events.length === 2);
    expect(numbers(second)).toEqual([3, 4]);
  });

  it('replay nothing that somebody else may not see', async () => {
    web.feed.tell('calls', { number: 1 });
    const first = await watch();
    web.feed.tell('calls', { number: 2 });
    await until('the event', () => first.events.length === 1);
    web.feed.tell('log', { number: 3 }, () => false);
    web.feed.tell('calls', { number: 4 });
    const second = await watch('', { 'last-event-id': first.events[0]?.id ?? '' });
    await until('the event', () => second.events.length === 1);
    expect(numbers(second)).toEqual([4]);
  });

  it.each(['', 'x', '1', '000000000000-1', '-', '9'.repeat(400)])(
    'begin with a hint that all has to be asked for anew after the unknown event "%s"',
    async (id) => {
      web.feed.tell('calls', { number: 1 });
      const stream = await watch('', { 'last-event-id': id });
      await until('the hint', () => stream.events.length === 1);
      expect(stream.events[0]?.event).toBe('reset');
    },
  );

  it('begin with that hint when too much was missed', async () => {
    const first = await watch();
    web.feed.tell('calls', { number: 0 });
    await until('the event', () => first.events.length === 1);
    const id = first.events[0]?.id ?? '';
    first.close();
    for (let number = 1; number <= 2000; number += 1) web.feed.tell('calls', { number });
    const second = await watch('', { 'last-event-id': id });
    await until('the hint', () => second.events.length === 1);
    expect(second.events[0]?.event).toBe('reset');
  });

  it('are sent without their data when it is too long', async () => {
    const stream = await watch();
    web.feed.tell('log', { text: 'x'.repeat(20_000) });
    await until('the event', () => stream.events.length === 1);
    expect(stream.events[0]?.data).toEqual({ at: '2026-11-29T05:00:00.000Z', isTooLong: true });
  });
});

/** Tells large events, a few at a time, so that whoever reads keeps up. Returns how many. */
async function tellUntil(isEnough: () => Promise<boolean>): Promise<number> {
  let number = 0;
  await until('enough events', async () => {
    for (let few = 0; few < 3; few += 1, number += 1) web.feed.tell('calls', { number, text: 'x'.repeat(15_000) });
    return isEnough();
  });
  return number;
}

describe('a watcher', () => {
  it('hears a heart-beat while nothing happens', async () => {
    const stream = await watch();
    await until('two heart-beats', () => stream.heartbeats >= 2);
    expect(stream.events).toEqual([]);
  });

  it('who signs out is sent nothing more, except that this is the end', async () => {
    const session = await web.signIn('read');
    const stream = await watch('', { cookie: String(session.cookie) });
    await until('a heart-beat', () => stream.heartbeats >= 1);
    await web.ask('/api/session', { method: 'DELETE', headers: session });
    await until('the end', () => stream.isEnded);
    expect(stream.events.at(-1)).toMatchObject({ event: 'cut', data: { reason: 'signedOut' } });
  });

  it('who may not watch any more is told so at once, and not by the next heart-beat', async () => {
    const quiet = await NoteWeb.open({ ...limits, heartbeatMs: 3_600_000 });
    try {
      const session = await quiet.signIn('read');
      const stream = await WatchedStream.open(quiet.port, '/api/events', { cookie: String(session.cookie) });
      streams.push(stream);
      await quiet.ask('/api/session', { method: 'DELETE', headers: session });
      quiet.feed.tell('calls', { number: 1 });
      await until('the end', () => stream.isEnded);
      expect(stream.events).toMatchObject([{ event: 'cut', data: { reason: 'signedOut' } }]);
    } finally {
      quiet.close();
    }
  });

  it('does not keep a session in use by being left open', async () => {
    const session = await web.signIn('read');
    web.access.uses.length = 0;
    const stream = await watch('', { cookie: String(session.cookie) });
    await until('two heart-beats', () => stream.heartbeats >= 2);
    expect(web.access.uses.slice(0, 3)).toEqual(['request', 'watch', 'watch']);
  });

  it('whose roles change is sent events accordingly', async () => {
    const session = await web.signIn('read');
    const stream = await watch('', { cookie: String(session.cookie) });
    const [id = ''] = web.access.sessions.keys();
    web.access.sessions.set(id, callerOf('admin'));
    await until('the event', () => {
      web.feed.tell('log', { number: 1 }, ({ roles }) => roles.has('admin'));
      return stream.events.length > 0;
    });
  });

  it('who goes away is forgotten', async () => {
    const stream = await watch();
    expect(await metric('event_streams')).toBe(1);
    stream.close();
    await until('nobody to watch', async () => (await metric('event_streams')) === 0);
  });

  it('who only asks for the headers does not stay', async () => {
    const answer = await web.ask('/api/events', { method: 'HEAD', as: 'read' });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/event-stream']);
    expect(await metric('event_streams')).toBe(0);
  });

  it('is refused where there are too many', async () => {
    await Promise.all([
      ...Array.from({ length: 3 }, () => watch()),
      watch('', { authorization: 'Bearer token-admin' }),
    ]);
    const answer = await web.ask('/api/events', { as: 'council' });
    expect([answer.status, answer.json.code, answer.headers['retry-after']]).toEqual([
      503,
      'request.tooManyStreams',
      '10',
    ]);
  });

  it('is refused with more than their share, and leaves the rest to others', async () => {
    const [first] = await Promise.all(Array.from({ length: 3 }, () => watch()));
    const answer = await web.ask('/api/events', { as: 'read' });
    expect([answer.status, answer.json.code]).toEqual([503, 'request.tooManyStreams']);
    const other = await watch('', { authorization: 'Bearer token-admin' });
    web.feed.tell('calls', { number: 1 });
    await until('the other one to hear it', () => other.events.length === 1);
    first?.close();
    await until('one to be gone', async () => (await metric('event_streams')) === 3);
    await watch();
  });

  it('hears the end when the server closes', async () => {
    const stream = await watch();
    web.close();
    await until('the end', () => stream.isEnded);
  });

  it('who reads slowly is cut off with a hint, and keeps nobody waiting', async () => {
    const [slow, quick] = [await watch(), await watch()];
    slow.response.socket.pause();
    // More than the buffers of the system take.
    const sent = await tellUntil(async () => (await metric('event_streams_cut_total')) === 1);
    await until('the quick one to have all', () => quick.events.length === sent);
    expect(await metric('event_streams')).toBe(1);
    slow.response.socket.resume();
    await until('the end of what waited', () => slow.isEnded);
    expect(slow.events.at(-1)).toMatchObject({ event: 'cut', data: { reason: 'tooSlow' } });
    expect(slow.events.length).toBeLessThan(sent);
  });

  it('who never reads again is let go of', async () => {
    web.close();
    web = await NoteWeb.open({ ...limits, stalledMs: 2000 });
    const slow = await watch();
    slow.response.socket.pause();
    await tellUntil(async () => (await metric('event_streams_cut_total')) === 1);
    await until('the connection to be given up', async () => (await metric('http_connections')) === 1);
  });
});

describe('sixty events a second', () => {
  it('reach those who read, while one reads slowly, and requests are answered meanwhile', async () => {
    const [slow, ...quick] = await Promise.all([watch(), watch(), watch('?kinds=calls')]);
    slow?.response.socket.pause();
    let number = 0;
    const telling = setInterval(() => {
      number += 1;
      web.feed.tell(number % 2 === 0 ? 'calls' : 'registrations', { number, text: 'x'.repeat(500) });
    }, 1000 / 60);
    await until('three seconds’ worth', async () => {
      expect((await web.ask('/api/notes', { as: 'read' })).status).toBe(200);
      return number >= 180;
    });
    clearInterval(telling);
    const last = number - (number % 2);
    await until('the last one', () => quick.every((stream) => numbers(stream).some((seen) => seen >= last)));
    expect(numbers(quick[0] as WatchedStream)).toEqual(Array.from({ length: number }, (_, index) => index + 1));
    expect(numbers(quick[1] as WatchedStream)).toHaveLength(Math.floor(number / 2));
  });
});
