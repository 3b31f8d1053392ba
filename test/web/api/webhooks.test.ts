import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer as createSecure } from 'node:https';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { atNameservers } from '../../../src/nameservers/lookup.js';
import { type DeliveryLimits, usualDeliveryLimits } from '../../../src/web/webhooks/outbox.js';
import type { Receiver, Trouble } from '../../../src/web/webhooks/receiver.js';
import { ForbiddenTarget, isForbidden, receiverLookup } from '../../../src/web/webhooks/target.js';
import { Webhooks } from '../../../src/web/webhooks/webhooks.js';
import { FeedDouble } from '../../doubles/feed.js';
import { certificateOne } from '../../support/certificates.js';
import { Nameserver } from '../../support/nameserver.js';
import { until } from '../../support/waiting.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';

const secret = Buffer.from('a secret that both know');
const quick: DeliveryLimits = { ...usualDeliveryLimits, timeoutMs: 500, firstPauseMs: 20, longestPauseMs: 100 };

let feed: FeedDouble;
let receiver: WebhookReceiver;
let hooks: Webhooks;
const troubles: (readonly [string, Trouble | null])[] = [];

beforeEach(async () => {
  feed = new FeedDouble();
  receiver = await WebhookReceiver.open();
  troubles.length = 0;
  start(quick);
});
afterEach(async () => {
  hooks.close();
  await receiver.close();
});

function start(limits: DeliveryLimits, change: Partial<Receiver> = {}): void {
  hooks?.close();
  hooks = new Webhooks(feed, { limits, now: Date.now, onTrouble: (id, trouble) => troubles.push([id, trouble]) });
  hooks.setReceivers([receiverOf(change)]);
}

const receiverOf = (change: Partial<Receiver> = {}): Receiver => ({
  id: 'crm',
  url: receiver.url,
  secret,
  kinds: ['calls', 'monitors'],
  mayBeLocal: true,
  ...change,
});

const numbers = () => receiver.received.map(({ body }) => body.data.number);
const state = () => hooks.states[0];

describe('a receiver of webhooks', () => {
  it('is notified of what happened, signed so that it can check the sender and the time', async () => {
    const before = Math.floor(Date.now() / 1000);
    feed.tell('calls', { number: 1, text: 'ä' });
    await until('the message', () => receiver.received.length === 1);
    const [{ headers, text, body } = expect.fail()] = receiver.received;
    expect(body).toEqual({
      type: 'calls',
      timestamp: '2026-11-29T05:00:00.000Z',
      sequence: 1,
      data: { number: 1, text: 'ä' },
    });
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = headers;
    expect(Number(at)).toBeGreaterThanOrEqual(before);
    expect(signature).toBe(`v1,${createHmac('sha256', secret).update(`${id}.${at}.${text}`).digest('base64')}`);
    expect(headers['content-type']).toBe('application/json');
  });

  it('can check that by the example in the documentation', async () => {
    const document = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
    const [, example = expect.fail()] = /```js\n(.*?)```/s.exec(document) ?? [];
    const { eventOf } = await import(`data:text/javascript,${encodeURIComponent(example)}`);
    feed.tell('calls', { text: 'ä' });
    await until('the message', () => receiver.received.length === 1);
    const [{ headers, text, body } = expect.fail()] = receiver.received;
    const key = `whsec_${secret.toString('base64')}`;
    expect(eventOf(headers, text, key)).toEqual(body);
    expect(eventOf(headers, text.replace('ä', 'a'), key)).toBeNull();
    expect(eventOf(headers, text, `whsec_${Buffer.from('another').toString('base64')}`)).toBeNull();
    expect(eventOf(headers, text, key, Date.now() + 600_000)).toBeNull();
    expect(eventOf({ ...headers, 'webhook-id': 'other' }, text, key)).toBeNull();
    expect(eventOf({}, text, key)).toBeNull();
  });

  it('is notified of the kinds that it wants, one after another', async () => {
    hooks.setReceivers([receiverOf({ kinds: ['monitors'] })]);
    feed.tell('calls', { number: 1 });
    feed.tell('log', { number: 2 });
    for (const number of [3, 4, 5]) feed.tell('monitors', { number });
    await until('the messages', () => receiver.received.length === 3);
    expect(numbers()).toEqual([3, 4, 5]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
  });

  it('that comes back after failures has everything, once and in order, and is reported twice', async () => {
    let failures = 0;
    receiver.behaviour = (response) => {
      failures += 1;
      response.writeHead(failures % 2 === 0 ? 429 : 500).end();
      if (failures === 5) receiver.accept();
    };
    for (const number of [1, 2, 3]) feed.tell('calls', { number });
    await until('all to be delivered', () => state()?.delivered === 3);
    expect(numbers()).toEqual([1, 1, 1, 1, 1, 1, 2, 3]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    expect(troubles).toEqual([
      ['crm', { reason: 'status', status: 500 }],
      ['crm', null],
    ]);
  });

  it('that is dead costs nothing, and is later sent what still fits', async () => {
    start({ ...quick, waiting: 10, attempts: 1000 });
    const { port } = receiver;
    await receiver.close();
    for (let number = 1; number <= 100; number += 1) feed.tell('calls', { number });
    expect(state()).toMatchObject({ waiting: 10, lost: 90, delivered: 0 });
    await until('the trouble', () => troubles.length > 0);
    expect(troubles[0]?.[1]).toMatchObject({ reason: 'unreachable', cause: 'ECONNREFUSED' });
    receiver = await WebhookReceiver.open(port);
    await until('the rest', () => state()?.waiting === 0);
    expect(numbers()).toEqual([1, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
    expect(receiver.received[1]?.body.sequence).toBe(92);
  });

  it('has no more waiting for it than so many bytes', () => {
    start({ ...quick, waitingBytes: 10_000 });
    for (let number = 1; number <= 100; number += 1) feed.tell('calls', { number, text: 'x'.repeat(1000) });
    expect(state()?.waiting).toBeLessThan(10);
  });

  it('is given up on for a message that fails too often, and told the next one', async () => {
    start({ ...quick, attempts: 3 });
    receiver.behaviour = (response) => {
      response.writeHead(500).end();
      if (receiver.received.length === 3) receiver.accept();
    };
    feed.tell('calls', { number: 1 });
    feed.tell('calls', { number: 2 });
    await until('the second', () => state()?.delivered === 1);
    expect([numbers(), state()?.lost]).toEqual([[1, 1, 1, 2], 1]);
  });

  it.each([400, 401, 404, 410, 301, 302, 307, 308, 304])('is not asked again after %i', async (status) => {
    receiver.behaviour = (response) => response.writeHead(status, { location: '/elsewhere' }).end();
    feed.tell('calls', { number: 1 });
    await until('the loss', () => state()?.lost === 1);
    expect(receiver.received).toHaveLength(1);
    expect(state()?.lastFault?.trouble).toEqual({ reason: 'status', status });
  });

  it('that sends it elsewhere is not followed', async () => {
    const other = await WebhookReceiver.open();
    receiver.behaviour = (response) => response.writeHead(307, { location: other.url.href }).end();
    feed.tell('calls', { number: 1 });
    await until('the loss', () => state()?.lost === 1);
    expect(other.received).toEqual([]);
    await other.close();
  });

  it('that never answers is waited for only so long', async () => {
    start({ ...quick, timeoutMs: 200, attempts: 2 });
    receiver.behaviour = () => {};
    feed.tell('calls', { number: 1 });
    await until('the loss', () => state()?.lost === 1);
    expect(state()?.lastFault?.trouble).toMatchObject({ reason: 'unreachable' });
    expect(receiver.received).toHaveLength(2);
  });

  it.each([
    ['byte by byte', (bytes: (text: string) => boolean) => bytes('H')],
    [
      'with headers without end',
      (bytes: (text: string) => boolean) => bytes('HTTP/1.1 200 OK\r\n') && bytes(`X: ${'x'.repeat(9000)}\r\n`),
    ],
    ['with promises without end', (bytes: (text: string) => boolean) => bytes('HTTP/1.1 102 Processing\r\n\r\n')],
    ['with nonsense', (bytes: (text: string) => boolean) => bytes('220 smtp ready\r\n')],
    [
      'in another protocol',
      (bytes: (text: string) => boolean) =>
        bytes('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    ],
  ])('that answers %s is left', async (_, say) => {
    const sockets = new Set<{ destroy(): void }>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.resume();
      const drip = setInterval(() => say((text) => socket.write(text)), 20);
      socket.on('close', () => clearInterval(drip));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    start({ ...quick, timeoutMs: 300, attempts: 2 }, { url: new URL(`http://127.0.0.1:${port}/`) });
    feed.tell('calls', { number: 1 });
    await until('the loss', () => state()?.lost === 1);
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('that answers without end is not listened to', async () => {
    let isGone = false;
    receiver.behaviour = (response) => {
      response.writeHead(200);
      const pour = () => {
        while (!isGone && response.write('x'.repeat(65_536))) {
          // As fast as it goes.
        }
      };
      response.on('drain', pour);
      response.on('close', () => {
        isGone = true;
      });
      pour();
    };
    feed.tell('calls', { number: 1 });
    await until('the delivery', () => state()?.delivered === 1);
    await until('the end of the connection', () => isGone);
  });

  it('that is slow keeps neither the events nor another receiver waiting', async () => {
    const other = await WebhookReceiver.open();
    receiver.behaviour = () => {};
    start({ ...quick, timeoutMs: 30_000 });
    hooks.setReceivers([receiverOf(), receiverOf({ id: 'other', url: other.url })]);
    for (let number = 1; number <= 20; number += 1) feed.tell('calls', { number });
    await until('the other one to have all', () => other.received.length === 20);
    expect(state()).toMatchObject({ waiting: 20, delivered: 0 });
    await other.close();
  });

  it('is tried at once when somebody asks for it, past all that waits, and says how it is doing', async () => {
    receiver.behaviour = (response) => response.writeHead(503).end();
    start({ ...quick, firstPauseMs: 60_000, longestPauseMs: 60_000 });
    feed.tell('calls', { number: 1 });
    await until('the first attempt', () => state()?.lastFault?.trouble);
    receiver.accept();
    expect(await hooks.test('crm')).toBeNull();
    expect(receiver.received.at(-1)?.body).toMatchObject({ type: 'test', sequence: 0, data: {} });
    expect(state()).toMatchObject({ waiting: 1, delivered: 0, lastDelivery: expect.stringMatching(/^\d{4}-.*Z$/) });
    receiver.behaviour = (response) => response.writeHead(404).end();
    expect(await hooks.test('crm')).toEqual({ reason: 'status', status: 404 });
    expect(await hooks.test('nobody')).toBeUndefined();
    expect(troubles.map(([, trouble]) => trouble !== null)).toEqual([true, false, true]);
  });

  it('with a certificate that nobody has signed, or of another name, is told nothing', async () => {
    let requests = 0;
    const server = createSecure({ key: certificateOne.key, cert: certificateOne.certificate }, (_, response) => {
      requests += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    start(
      { ...quick, attempts: 1 },
      { url: new URL(`https://127.0.0.1:${(server.address() as { port: number }).port}/`) },
    );
    feed.tell('calls', { number: 1 });
    await until('the loss', () => state()?.lost === 1);
    expect(state()?.lastFault?.trouble).toMatchObject({ reason: 'unreachable', cause: expect.stringMatching(/CERT/) });
    expect(requests).toBe(0);
    server.close();
  });

  it('that is removed is sent nothing more, and one that moves is sent it at its new address', async () => {
    receiver.behaviour = (response) => response.writeHead(503).end();
    feed.tell('calls', { number: 1 });
    await until('the first attempt', () => receiver.received.length > 0);
    const other = await WebhookReceiver.open();
    hooks.setReceivers([receiverOf({ url: other.url })]);
    await until('the message elsewhere', () => other.received.length === 1);
    hooks.setReceivers([]);
    feed.tell('calls', { number: 2 });
    expect([hooks.states, feed.listeners.size]).toEqual([[], 1]);
    await other.close();
  });

  it('is sent nothing more once the box stops', async () => {
    receiver.behaviour = (response) => response.writeHead(503).end();
    feed.tell('calls', { number: 1 });
    await until('the first attempt', () => receiver.received.length > 0);
    hooks.close();
    expect(feed.listeners.size).toBe(0);
  });
});

describe('an address on the box itself', () => {
  it.each([
    'http://127.0.0.1',
    'http://127.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://017700000001',
    'http://0.0.0.0',
    'http://[::1]',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://localhost',
    'http://box.localhost',
    'http://169.254.169.254',
    'http://[fe80::1]',
    'http://224.0.0.1',
    'http://255.255.255.255',
  ])('is refused: %s', async (address) => {
    const url = new URL(`${address}:${receiver.port}/hook`);
    start(quick, { url, mayBeLocal: false });
    feed.tell('calls', { number: 1 });
    await until('the loss', () => state()?.lost === 1);
    expect(state()?.lastFault?.trouble).toEqual({ reason: 'forbiddenTarget' });
    expect(receiver.received).toEqual([]);
  });

  it('is every address that the box has, and no other of the office', () => {
    const own = Object.values(networkInterfaces()).flatMap((list) => list?.map(({ address }) => address) ?? []);
    expect(own.every(isForbidden)).toBe(true);
    expect(
      ['192.168.178.20', '10.1.2.3', '172.16.0.9', '8.8.8.8', '2001:db8::1', 'fd00::1'].filter(isForbidden),
    ).toEqual([]);
  });
});

describe('the name of a receiver', () => {
  it('that a foreign nameserver points at the box is refused, at every attempt', async () => {
    const known = { 'rebound.example': '127.0.0.1', 'office.example': '192.0.2.7' };
    const nameserver = await Nameserver.open('::1', known);
    const find = atNameservers(5000, [nameserver.address]);
    const found = (name: string, mayBeLocal: boolean) =>
      new Promise((resolve) => {
        receiverLookup(mayBeLocal, find)(name, { all: true }, (error, addresses) => resolve(error ?? addresses));
      });
    expect(await found('rebound.example', false)).toBeInstanceOf(ForbiddenTarget);
    expect(await found('rebound.example', true)).toEqual([{ address: '127.0.0.1', family: 4 }]);
    expect(await found('office.example', false)).toEqual([{ address: '192.0.2.7', family: 4 }]);
    expect(await found('unknown.example', false)).toMatchObject({
      message: expect.stringContaining('unknown.example'),
    });
    expect(nameserver.asked.filter((name) => name === 'rebound.example').length).toBeGreaterThan(1);
    nameserver.close();
  });
});
