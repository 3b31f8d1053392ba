import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Call } from '../../src/node-pjsua2/src/index.js';
import { MarkReader } from '../support/marks.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { SelfCaller } from './support/programs/self-call.js';
import { RawCall } from './support/raw-call.js';

/** An odd number of ports: the last one has no partner for RTCP. */
const range = { from: 29_000, to: 29_008 };
const pairs = 4;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

describe('the ports for audio', () => {
  const start = async (options: Parameters<typeof LocalEndpoint.start>[0] = {}) => {
    const local = await LocalEndpoint.start({ codecs: ['PCMA'], ...options });
    open.push(local);
    local.endpoint.on('incomingCall', (call) => call.answer());
    return local;
  };

  it('are used to the end of their range and not beyond; then callers get 503 until one is free', async () => {
    const local = await start({ rtpPorts: range });
    const phones: RawCall[] = [];
    for (let i = 0; i < pairs; i += 1) phones.push(await RawCall.dial(local.udp.port));
    expect(await boundPorts(range.from, range.to + 2)).toEqual(sequence(range.from, 2 * pairs));
    await expect(RawCall.dial(local.udp.port)).rejects.toThrow('503');
    const [first, ...others] = phones;
    await first?.hangUp();
    await until('its ports', async () => (await boundPorts(range.from, range.to)).length < 2 * pairs);
    others.push(await RawCall.dial(local.udp.port));
    for (const phone of others) await phone.hangUp();
  });

  it('are found by the first call of an account while 110 legs of others are up', async () => {
    const self = await SelfCaller.start();
    open.push(self.endpoint);
    for (let i = 0; i < 55; i += 1) await self.call();
    const identity = { uri: 'sip:fresh@127.0.0.1', username: 'fresh', password: 'secret' };
    const account = self.endpoint.addAccount({ ...identity, registrar: null });
    const incoming = once(self.endpoint, 'incomingCall');
    const call = self.endpoint.call({ to: self.uri, account });
    const answered = once(call, 'answered');
    const [callee] = (await incoming) as [Call];
    callee.answer();
    await answered;
  });
});

describe('the priority that routers see', () => {
  const expeditedForwarding = 46;
  const signalling = 24;

  it('is highest for audio, then for signalling', async () => {
    const local = await LocalEndpoint.start({ codecs: ['PCMA'] });
    const [reader, ear] = [await MarkReader.open(), await MarkReader.open()];
    open.push(local, reader, ear);
    local.endpoint.call({ to: `sip:nobody@127.0.0.1:${reader.port}` });
    expect(await until('an INVITE', () => reader.classes.at(0))).toBe(signalling);

    const incoming = once(local.endpoint, 'incomingCall');
    const dialled = RawCall.dial(local.udp.port, { announced: ear, isMute: true });
    const [call] = (await incoming) as [Call];
    call.answer();
    const phone = await dialled;
    await local.say(450, call);
    await until('audio', () => ear.classes.length > 20);
    expect(new Set(ear.classes)).toEqual(new Set([expeditedForwarding]));
    await phone.hangUp();
  });
});

const sequence = (from: number, length: number) => Array.from({ length }, (_, i) => from + i);

/** UDP ports of this host that are taken, in this range. */
async function boundPorts(from: number, to: number): Promise<number[]> {
  const table = await readFile('/proc/self/net/udp', 'utf8');
  const ports = [...table.matchAll(/^\s*\d+: [0-9A-F]{8}:([0-9A-F]{4})/gm)].map(([, port]) =>
    Number.parseInt(port ?? '', 16),
  );
  return [...new Set(ports)].filter((port) => port >= from && port <= to).sort((a, b) => a - b);
}
