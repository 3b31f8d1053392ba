import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Subscribed, Unsubscribed } from '../../src/node-pjsua2/src/index.js';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { RawWatcher } from './support/raw-watcher.js';

const [alice, bob] = users as [{ username: string; password: string }, { username: string; password: string }];
const type = 'application/dialog-info+xml';

describe('watching users', () => {
  let server: AnsweringEndpoint;
  let watcher: RawWatcher;
  let subscribed: Subscribed[];
  let unsubscribed: Unsubscribed[];

  beforeAll(async () => {
    server = await AnsweringEndpoint.start();
    server.registrar.on('subscribed', (event) => subscribed.push(event));
    server.registrar.on('unsubscribed', (event) => unsubscribed.push(event));
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    [subscribed, unsubscribed] = [[], []];
    server.registrar.setWatchable([{ resource: 'bob' }, { resource: 'carol', watchers: ['bob'] }]);
    watcher = await RawWatcher.open(server.port, alice);
    await watcher.register();
    return () => watcher.close();
  });

  const first = () => until('somebody to watch', () => subscribed[0]);
  const ended = () => until('the end of the subscription', () => unsubscribed[0]);

  it('begins with a SUBSCRIBE of a registered phone, which is told the state in the same dialog', async () => {
    const answer = await watcher.subscribe('bob', { expires: 300 });
    expect([answer.status, answer.get('Expires')]).toEqual([200, '300']);
    const { subscription, ...about } = await first();
    expect(about).toEqual({ username: 'alice', resource: 'bob', expiresIn: 300 });
    await server.registrar.notify(subscription, type, '<state/>');
    const notify = await watcher.notified(1);
    expect(notify.get('Event')).toBe('dialog');
    expect(notify.get('Subscription-State')).toMatch(/^active;expires=(?:300|299)$/);
    expect(notify.get('Content-Type')).toBe(type);
    expect(notify.get('From')).toContain(`tag=${watcher.remoteTag}`);
    expect(notify.text).toMatch(/<state\/>$/);
    await server.registrar.notify(subscription, type, '<other/>');
    expect((await watcher.notified(2)).get('CSeq')).toBe('2 NOTIFY');
  });

  it('goes on with a refresh, and ends with one that asks for no time, each answered by the state', async () => {
    await watcher.subscribe('bob');
    const { subscription } = await first();
    expect((await watcher.refresh(120)).get('Expires')).toBe('120');
    await until('the refresh', () => subscribed[1]);
    expect((await watcher.refresh(0)).status).toBe(200);
    expect(await until('the end', () => subscribed[2])).toMatchObject({ subscription, expiresIn: 0 });
    await server.registrar.notify(subscription, type, '<last/>');
    expect((await watcher.notified(1)).get('Subscription-State')).toBe('terminated;reason=timeout');
    expect(await ended()).toEqual({ subscription, reason: 'ended' });
    await expect(server.registrar.notify(subscription, type, '')).rejects.toThrow('over');
    expect((await watcher.refresh(120)).status).toBe(481);
  });

  it('ends when it is not refreshed', async () => {
    await watcher.subscribe('bob', { expires: 2 });
    expect(await ended()).toMatchObject({ reason: 'expired' });
    expect((await watcher.notified(1)).get('Subscription-State')).toBe('terminated;reason=timeout');
  });

  it('ends with the registration of the phone', async () => {
    await watcher.subscribe('bob');
    await first();
    await watcher.register(0);
    expect(await ended()).toMatchObject({ reason: 'unregistered' });
    expect((await watcher.notified(1)).get('Subscription-State')).toBe('terminated;reason=deactivated');
    expect((await watcher.subscribe('bob')).status).toBe(403);
  });

  it('ends when it is not allowed any more', async () => {
    await watcher.subscribe('bob');
    await first();
    server.registrar.setWatchable([]);
    expect(await ended()).toMatchObject({ reason: 'forbidden' });
    expect((await watcher.notified(1)).get('Subscription-State')).toBe('terminated;reason=rejected');
  });

  it('ends when the watcher does not take what it is told', async () => {
    await watcher.subscribe('bob');
    const { subscription } = await first();
    watcher.status = '481 Gone';
    await expect(server.registrar.notify(subscription, type, '<state/>')).rejects.toMatchObject({
      operation: 'NOTIFY',
    });
    expect(await ended()).toEqual({ subscription, reason: 'refused' });
  });

  it('is refused to whom it is not allowed, of whom there is not, for too short a time and in another form', async () => {
    expect((await watcher.subscribe('carol')).status).toBe(403);
    expect((await watcher.subscribe('dave')).status).toBe(404);
    const brief = await watcher.subscribe('bob', { expires: 1 });
    expect([brief.status, brief.get('Min-Expires')]).toEqual([423, '2']);
    expect((await watcher.subscribe('bob', { extra: ['Accept: text/plain'] })).status).toBe(406);
    expect(subscribed).toEqual([]);
  });

  it.each(['message-summary', 'presence', 'dialogue'])('is refused for the event %s', async (event) => {
    const refused = await watcher.subscribe('bob', { event });
    expect([refused.status, refused.get('Allow-Events')]).toEqual([489, 'dialog']);
  });

  it('is refused when its event cannot be read', async () => {
    expect((await watcher.subscribe('bob', { event: ';' })).status).toBe(400);
  });

  it('is refused to whoever does not prove who they are, or is not registered there', async () => {
    expect((await watcher.send(watcher.subscription('bob'))).status).toBe(401);
    const stranger = await RawWatcher.open(server.port, bob);
    expect((await stranger.subscribe('bob')).status).toBe(403);
    stranger.close();
  });

  it('has room for so many of one phone, and for others still', async () => {
    const statuses = new Map<number, number>();
    for (let number = 0; number < 260; number += 1) {
      const { status } = await watcher.subscribe('bob');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses]).toEqual([
      [200, 250],
      [503, 10],
    ]);
    const other = await RawWatcher.open(server.port, bob);
    await other.register();
    expect((await other.subscribe('bob')).status).toBe(200);
    other.close();
  });
});
