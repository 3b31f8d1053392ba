import { createSocket, type Socket } from 'node:dgram';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../support/waiting.js';
import type { GeneratorEvent } from '../load/events.js';
import { Generator, type Stream } from '../load/generator.js';
import { Relay } from '../systems/relay.js';
import { compile } from './load-programs.js';

let program = '';
let relayProgram = '';
let generator: Generator;

beforeAll(() => {
  program = compile('rtp-load');
  relayProgram = compile('udp-relay');
});

afterAll(() => {
  for (const file of [program, relayProgram]) rmSync(dirname(file), { recursive: true });
});

afterEach(() => generator.close());

const local = { address: '127.0.0.1', eventPayloadType: 101 };

async function reportOf(stream: Stream, frequencies: readonly number[] = []) {
  const { streams } = await generator.report(frequencies);
  const report = streams.find((each) => each.stream === stream.id);
  if (!report) throw new Error('the stream is not in the report');
  return report;
}

describe('streams through the bare relay', () => {
  it.each(['PCMA', 'PCMU'] as const)('carry tones, clicks and keys in %s', async (codec) => {
    generator = Generator.start([program]);
    const relay = await Relay.start([relayProgram], 1);
    const events: GeneratorEvent[] = [];
    generator.listen((event) => events.push(event));
    const [memberPort, customerPort] = relay.ports[0] ?? expect.fail('no ports');
    const [member, customer] = [await generator.openStream(), await generator.openStream()];
    member.aim({ ...local, port: memberPort, codec });
    customer.aim({ ...local, port: customerPort, codec });
    const heard = customer.awaitTone(1850);
    member.say(1850, -20);
    customer.say(450, -40);
    expect(await heard).toBeGreaterThan(0);
    customer.reportClicks();
    member.click(100);
    const click = await until('the click', () => events.find(({ event }) => event === 'click'));
    const clicked = events.find(({ event }) => event === 'clicked');
    expect(click).toMatchObject({ stream: customer.id, sample: 100 });
    expect(clicked).toMatchObject({ stream: member.id, sample: 100 });
    await until('a tone after the click', async () => {
      const { levels } = await reportOf(customer, [1850, 450]);
      return Math.abs((levels[0] ?? 0) + 20) < 0.5 && (levels[1] ?? 0) < -60;
    });
    const key = await member.press('1#');
    expect(key.digit).toBe('#');
    expect(key.ended - key.began).toBeGreaterThan(90);
    await relay.stop();
  });

  it('are sent every 20 ms', async () => {
    generator = Generator.start([program]);
    const [one, other] = [await generator.openStream(), await generator.openStream()];
    one.aim({ ...local, port: other.port, codec: 'PCMA' });
    generator.begin();
    const { sent } = await until('a hundred packets', async () => {
      const report = await reportOf(one);
      return report.sent >= 100 && report;
    });
    const { seconds } = await generator.report([]);
    expect(Math.abs(seconds * 50 - sent)).toBeLessThan(20);
  });
});

describe('numbers of streams', () => {
  it('are free again when a stream is closed, which then does nothing more', async () => {
    generator = Generator.start([program]);
    const first = await generator.openStream();
    const second = await generator.openStream();
    first.close();
    const third = await generator.openStream();
    expect([second.id, third.id]).toEqual([2, 1]);
    first.close();
    expect((await reportOf(third)).stream).toBe(1);
  });
});

describe('a generator that ends', () => {
  it('fails whoever waits for it', async () => {
    generator = Generator.start(['/bin/sh', '-c', 'exit 3']);
    await expect(generator.openStream()).rejects.toThrow('ended with 3');
    await expect(generator.openStream()).rejects.toThrow('ended with 3');
  });
});

describe('what comes in', () => {
  let socket: Socket;

  afterEach(() => socket.close());

  async function receive(packets: readonly Buffer[]) {
    generator = Generator.start([program]);
    const stream = await generator.openStream();
    socket = createSocket('udp4');
    generator.begin();
    for (const packet of packets) socket.send(packet, stream.port, '127.0.0.1');
    const marked = stream.awaitTone(1000);
    socket.send(voice(20_000, squareWave()), stream.port, '127.0.0.1');
    await marked;
    return reportOf(stream);
  }

  it('is lost where a number is missing, and not where two are exchanged', async () => {
    const { received, lost } = await receive([0, 1, 2, 5, 7, 6, 8].map((sequence) => voice(sequence)));
    expect(received).toBe(8);
    expect(lost).toBe(2); // the closing tone is too far ahead to be believed
  });

  it('counts keys and comfort noise as neither received nor lost', async () => {
    const key = Buffer.concat([header(1, 101), Buffer.of(5, 10, 0, 160)]);
    const noise = Buffer.concat([header(2, 13), Buffer.of(70)]);
    expect(await receive([voice(0), key, noise, voice(3)])).toMatchObject({ received: 3, lost: 0 });
  });

  it('may be garbage', async () => {
    const garbage = [
      Buffer.alloc(0),
      Buffer.of(0x80),
      Buffer.alloc(2000, 0xff),
      Buffer.concat([Buffer.of(0x9f), header(1, 8)]),
      header(7, 72),
    ];
    expect(await receive([voice(0), ...garbage, voice(1)])).toMatchObject({ received: 3, lost: 0 });
  });
});

it('tells when the program is gone', async () => {
  generator = Generator.start(['false']);
  await until('the failure', () => {
    try {
      generator.begin();
      return undefined;
    } catch (error) {
      return String(error).includes('the load generator ended with 1');
    }
  });
});

function header(sequence: number, type: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt8(type, 1);
  bytes.writeUInt16BE(sequence, 2);
  return bytes;
}

function voice(sequence: number, payload: Buffer = Buffer.alloc(160, 0xd5)): Buffer {
  return Buffer.concat([header(sequence, 8), payload]);
}

/** Full scale, 1000 Hz. */
function squareWave(): Buffer {
  return Buffer.from(Array.from({ length: 160 }, (_, index) => (index % 8 < 4 ? 0xaa : 0x2a)));
}
