import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  InvalidStateError,
  PjsipError,
  type Subscribed,
  type SubscriptionId,
  type Unsubscribed,
} from '../../src/node-pjsua2/src/index.js';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';
import { RawWatcher } from './support/raw-watcher.js';

const [alice, bob] = users as [{ username: string; password: string }, { username: string; password: string }];
const carol = { username: 'carol', password: 'a third one' };
const type = 'application/dialog-info+xml';
const longest = 600; // s

/** With the lines of this header replaced by these. */
const withLines =
  (name: string, ...lines: string[]) =>
  (text: string) =>
    text.replace(new RegExp(`^${name}: .*$`, 'm'), lines.join('\r\n')).replace(/\r\n\r\n(?=[A-Z])/, '\r\n');

describe('subscriptions', () => {
  let server: AnsweringEndpoint;
  let watcher: RawWatcher;
  let subscribed: Subscribed[];
  let unsubscribed: Unsubscribed[];
  const watchers: RawWatcher[] = [];

  beforeAll(async () => {
    server = await AnsweringEndpoint.start();
    server.registrar.on('subscribed', (event) => subscribed.push(event));
    server.registrar.on('unsubscribed', (event) => unsubscribed.push(event));
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    [subscribed, unsubscribed] = [[], []];
    server.registrar.setUsers([...users, carol]);
    for (const watchable of [[], [{ resource: 'bob' }]]) server.registrar.setWatchable(watchable);
    watcher = await registered(alice);
    return () => {
      for (const each of watchers.splice(0)) each.close();
    };
  });

  const registered = async (user: typeof alice, protocol: 'udp' | 'tcp' = 'udp', address?: string) => {
    const port = protocol === 'udp' ? server.port : server.tcpPort;
    const opened = await RawWatcher.open(port, user, protocol, address);
    watchers.push(opened);
    expect((await opened.register()).status).toBe(200);
    return opened;
  };
  const begun = async (by = watcher): Promise<SubscriptionId> => {
    const before = subscribed.length;
    expect((await by.subscribe('bob')).status).toBe(200);
    return (await until('somebody to watch', () => subscribed[before])).subscription;
  };
  /** Why it has ended, each time that this was reported. */
  const endsOf = (id: SubscriptionId) =>
    unsubscribed.filter(({ subscription }) => subscription === id).map(({ reason }) => reason);
  const ended = (id: SubscriptionId) => until('the end of the subscription', () => endsOf(id)[0]);
  const notify = (subscription: SubscriptionId) => server.registrar.notify(subscription, type, '<state/>');

  it.each([
    ['in its short form', 'o: dialog', 'dialog'],
    ['with an id', 'Event: dialog;id=7', 'dialog;id=7'],
    ['with an id in quotes', 'Event: dialog;id="a;b"', 'dialog;id="a;b"'],
    ['with parameters of its own', 'Event: dialog ;sla;id=7;ma', 'dialog;id=7'],
  ])('begin with an event %s, which a NOTIFY repeats', async (_how, line, repeated) => {
    expect((await watcher.subscribe('bob', { spoil: withLines('Event', line) })).status).toBe(200);
    const { subscription } = await until('somebody to watch', () => subscribed[0]);
    await notify(subscription);
    expect((await watcher.notified(1)).get('Event')).toBe(repeated);
  });

  it.each([
    ['that is missing', [], 489],
    ['that is empty', ['Event:'], 400],
    ['twice', ['Event: dialog', 'Event: dialog'], 489],
    ['in another case', ['Event: Dialog'], 489],
    ['with an endless id', [`Event: dialog;id=${'x'.repeat(129)}`], 489],
  ])('do not begin with an event %s', async (_how, lines, status) => {
    expect((await watcher.subscribe('bob', { spoil: withLines('Event', ...lines) })).status).toBe(status);
    expect(subscribed).toEqual([]);
  });

  it.each([
    ['among others', ['Accept: text/plain, application/dialog-info+xml']],
    ['in a line of its own', ['Accept: text/plain', `Accept: ${type}`]],
    ['in capitals', ['Accept: Application/Dialog-Info+XML']],
    ['with parameters', [`Accept: ${type};version=1 ;q=0.5`]],
    ['as anything', ['Accept: */*']],
  ])('begin where our documents are taken %s', async (_how, extra) => {
    expect((await watcher.subscribe('bob', { extra })).status).toBe(200);
  });

  it.each([
    ['below zero', 'Expires: -1'],
    ['in words', 'Expires: soon'],
  ])('do not begin with a time %s', async (_how, line) => {
    expect((await watcher.subscribe('bob', { extra: [line] })).status).toBe(400);
  });

  it.each([
    ['that says none', [], longest],
    ['of all 32 bits', ['Expires: 4294967295'], longest],
    ['of more than 32 bits', ['Expires: 4294967296'], longest],
    ['without an end', [`Expires: ${'9'.repeat(40)}`], longest],
    ['that says two', ['Expires: 120', 'Expires: 0'], 120],
  ])('last as long as they may for a request %s', async (_how, extra, seconds) => {
    const answer = await watcher.subscribe('bob', { extra });
    expect([answer.status, answer.get('Expires')]).toEqual([200, String(seconds)]);
  });

  it('go on whoever asks with their names: another user, with other tags, out of order, or without having to', async () => {
    const subscription = await begun();
    const stranger = await registered(bob);
    const ofAlice = (text: string) =>
      text
        .replace(/^(To: .*)$/m, `$1;tag=${watcher.remoteTag}`)
        .replace(/^Call-ID: .*$/m, `Call-ID: ${watcher.callId}`)
        .replace(/^(From: .*;tag=).*$/m, `$1own-${watcher.callId}`);
    expect((await stranger.subscribe('bob', { expires: 0, spoil: ofAlice })).status).toBe(481);
    expect((await watcher.refresh(0, (text) => text.replace(/^(To: .*;tag=).*$/m, '$1wrong'))).status).toBe(481);
    expect((await watcher.refresh(0, (text) => text.replace(/^(From: .*;tag=).*$/m, '$1wrong'))).status).toBe(481);
    expect((await watcher.refresh(0, (text) => text.replace(/^CSeq: \d+/m, 'CSeq: 1'))).status).toBe(500);
    expect((await watcher.refresh(1)).status).toBe(423);
    expect((await watcher.refresh(0, withLines('Event', 'Event: presence'))).status).toBe(489);
    expect(endsOf(subscription)).toEqual([]);
    await notify(subscription);
    expect((await watcher.notified(1)).get('Subscription-State')).toMatch(/^active/);
  });

  it('end once, however often that is asked for', async () => {
    const subscription = await begun();
    expect((await watcher.refresh(0)).status).toBe(200);
    expect((await watcher.refresh(0)).status).toBe(200);
    await until('both to be reported', () => subscribed[2]);
    await notify(subscription);
    await expect(notify(subscription)).rejects.toThrow(InvalidStateError);
    expect((await watcher.refresh(0)).status).toBe(481);
    expect(endsOf(subscription)).toEqual(['ended']);
    expect(watcher.told.map((each) => each.get('Subscription-State'))).toEqual(['terminated;reason=timeout']);
  });

  it.each(['481 Gone', '489 Bad Event', '604 Nowhere', null])('end when a NOTIFY is answered: %s', async (status) => {
    const subscription = await begun();
    watcher.status = status;
    const told = notify(subscription);
    await expect(told).rejects.toThrow(PjsipError);
    expect(await ended(subscription)).toBe('refused');
    expect((await watcher.refresh(120)).status).toBe(481);
  });

  it.each(['401 Unauthorized', '407 Proxy Authentication Required', '500 Oops', '503 Busy', '699 Never'])(
    'go on when a NOTIFY is answered: %s',
    async (status) => {
      const subscription = await begun();
      watcher.status = status;
      await expect(notify(subscription)).rejects.toThrow(PjsipError);
      watcher.status = '200 OK';
      expect((await watcher.refresh(120)).status).toBe(200);
      await until('the refresh to be reported', () => subscribed[1]);
      await notify(subscription);
      expect(endsOf(subscription)).toEqual([]);
    },
  );

  it('ask for the state again when a watcher that refused it for a time can take it, and not before', async () => {
    const subscription = await begun();
    watcher.status = '503 Busy\r\nRetry-After: 2';
    await expect(notify(subscription)).rejects.toThrow(PjsipError);
    watcher.status = '200 OK';
    await expect(notify(subscription)).rejects.toThrow(PjsipError);
    expect((await until('the watcher to be ready', () => subscribed[1])).subscription).toBe(subscription);
    expect(watcher.told).toHaveLength(1);
    await notify(subscription);
    expect(watcher.told).toHaveLength(2);
  });

  it('end with the connection by which they came, also while a NOTIFY waits for its answer', async () => {
    const overTcp = await registered(alice, 'tcp');
    const subscription = await begun(overTcp);
    await notify(subscription);
    overTcp.status = null;
    const waits = notify(subscription).catch((error: unknown) => error);
    await overTcp.notified(2);
    overTcp.close();
    expect(await waits).toBeInstanceOf(PjsipError);
    await ended(subscription);
    await expect(notify(subscription)).rejects.toThrow(InvalidStateError);
    expect(endsOf(subscription)).toHaveLength(1);
  });

  it('end with the user whose they are, and those of others go on', async () => {
    const [subscription, other] = [await begun(), await begun(await registered(bob))];
    server.registrar.setUsers([bob]);
    expect(await ended(subscription)).toBe('unregistered');
    expect((await watcher.notified(1)).get('Subscription-State')).toBe('terminated;reason=deactivated');
    expect((await watcher.refresh(120)).status).toBe(481);
    expect((await watcher.subscribe('bob')).status).toBe(403);
    await notify(other);
    expect(endsOf(other)).toEqual([]);
  });

  it('of all the phones at one address leave room for others, are all told, and all end', async () => {
    const perUser = 250;
    const ids: SubscriptionId[] = [];
    const here = [watcher, await registered(bob), await registered(carol)];
    for (const phone of here.slice(0, 2))
      for (let number = 0; number < perUser; number += 1) ids.push(await begun(phone));
    expect((await here[2]?.subscribe('bob'))?.status).toBe(503);
    expect((await server.rejected('overload')).method).toBe('SUBSCRIBE');
    ids.push(await begun(await registered(carol, 'udp', '127.0.0.3')));
    await Promise.all(ids.map(notify));
    server.registrar.setWatchable([]);
    await until('all to end', () => ids.every((id) => endsOf(id).length > 0));
    expect(new Set(ids.flatMap(endsOf))).toEqual(new Set(['forbidden']));
    const lastWords = () =>
      watchers.flatMap(({ told }) => told).filter((each) => each.get('Subscription-State')?.startsWith('terminated'));
    await until(
      () => `all ${ids.length} watchers to be told, not ${lastWords().length}`,
      () => lastWords().length === ids.length,
    );
  });
});

describe('subscriptions over a transport that is closed', () => {
  it('end, without a crash', async () => {
    const server = await AnsweringEndpoint.start();
    const subscribed: Subscribed[] = [];
    server.registrar.on('subscribed', (event) => subscribed.push(event));
    server.registrar.setWatchable([{ resource: 'bob' }]);
    const watcher = await RawWatcher.open(server.port, alice);
    await watcher.register();
    await watcher.subscribe('bob');
    const { subscription } = await until('somebody to watch', () => subscribed[0]);
    server.udp.close();
    const over = await until('the subscription to be over', () =>
      server.registrar.notify(subscription, type, '').then(
        () => undefined,
        (error: unknown) => (error instanceof InvalidStateError ? error : undefined),
      ),
    );
    expect(over.message).toContain('over');
    watcher.close();
    await server.close();
  });
});
