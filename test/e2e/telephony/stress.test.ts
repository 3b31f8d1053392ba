import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type Socket as Connection, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerFields, authorization, RawPhone } from '../../native/support/raw-sip.js';
import { throwConnections } from '../../support/garbage.js';
import { passwordOf, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import type { SipAddress } from '../../support/sip/transport.js';
import { mutated, seeded } from '../../support/stress/mutations.js';
import { credentials, trunkTo } from '../../support/trunk-office.js';
import { Upstream } from '../../support/upstream.js';
import { until } from '../../support/waiting.js';

const realm = 'modcall';
/** A trunk that is known by this address alone. */
const carrier = '127.0.7.7';
/** Of the packets of a call. */
const tolerableLoss = 0.01;
/** Memory may be so much more than after the first round when all is over. */
const tolerableGrowth = 1.2;
/** A flood of calls takes so long. */
const floodMs = 16_000;

/** A socket that only sends. */
class Sender {
  static async open(to: SipAddress, address = '127.0.0.1'): Promise<Sender> {
    const socket = createSocket('udp4');
    socket.bind(0, address);
    await once(socket, 'listening');
    return new Sender(socket, to);
  }

  private constructor(
    private readonly socket: Socket,
    private readonly to: SipAddress,
  ) {}

  /** With a breath now and then, so that the kernel does not throw most of it away before the box has seen it. */
  async sendAll(count: number, compose: (index: number) => string): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      this.socket.send(Buffer.from(compose(index), 'latin1'), this.to.port, this.to.address);
      if (index % 100 === 99) await pause(5);
    }
  }

  close(): void {
    this.socket.close();
  }
}

describe('an office under attack', () => {
  let office: RunningOffice;
  let upstream: Upstream;
  let target: SipAddress;
  let running: { caller: SipCall; callee: SipCall };
  let memoryBefore: number;
  const outside: SipCall[] = [];

  beforeAll(async () => {
    upstream = await Upstream.open(credentials);
    upstream.agent.onCall = (call) => {
      outside.push(call);
      call.accept();
    };
    const byAddress = { id: 'carrier', name: 'Carrier', kind: 'address', host: carrier, addresses: [carrier] };
    office = await RunningOffice.open({
      sip: { address: '127.0.0.1', port: 5060, realm },
      trunks: [
        trunkTo(upstream, { inbound: { extension: '104' } }),
        { ...byAddress, port: 5060, prefix: '9', inbound: { extension: '104' } },
      ],
    });
    target = office.appliance.address();
    running = await office.talk('101', '102');
    await expectServed();
  });
  afterEach(async () => {
    await expectServed();
    expectAllHeard();
  });
  afterAll(async () => {
    await office.close();
    upstream.close();
  });

  const hearsTheOther = async () => {
    await untilHears('caller', running.caller, { present: [toneOf('102')], absent: [toneOf('101')] });
    await untilHears('callee', running.callee, { present: [toneOf('101')], absent: [toneOf('102')] });
  };

  /** Who calls 112 is through, an internal call has its audio, and those who talk notice nothing. */
  const expectServed = async () => {
    const emergency = await office.phone('103').call('112');
    await until('112 to answer', () => emergency.state === 'talking');
    emergency.hangUp();
    const caller = await office.phone('103').call('109');
    const callee = await office.phone('109').answer();
    await untilHears('109', callee, { present: [toneOf('103')], absent: [] });
    caller.hangUp();
    await until('both calls to end', () => emergency.state === 'ended' && callee.state === 'ended');
    await hearsTheOther();
  };

  /** Neither party has lost audio so far, or was asked for anything. */
  const expectAllHeard = () => {
    for (const { audio, requestsReceived } of [running.caller, running.callee]) {
      const { received } = audio;
      const first = received.at(0).sequence;
      const last = received.at(received.length - 1).sequence;
      const sent = ((last - first + 2 ** 16) % 2 ** 16) + 1;
      expect(received.length, `packets of ${sent}`).toBeGreaterThanOrEqual((1 - tolerableLoss) * sent);
      expect(requestsReceived).toEqual([]);
    }
  };

  // The first round fills tables, V8's heap and caches of the allocator: from 72 MB after the start to 86 MB. The second must not take
  // more, once it is over: 91 MB were seen, of which 20 MB are V8's heap, with 8 MB of it free until the next collection. It was 113 MB
  // while malloc kept what the connections had used.
  describe.each(['at first', 'once more'])('%s', (round) => {
    afterAll(async () => {
      if (round === 'at first') memoryBefore = await office.appliance.memory();
    });

    it('holds 2,500 connections of strangers who say nothing', async () => {
      const { port, address } = office.appliance.address('tcp');
      const idle: Connection[] = [];
      for (let i = 0; i < 2500; i += 1) {
        const socket = connect({ port, host: address, localAddress: `127.0.8.${1 + (i % 50)}` });
        socket.on('error', () => {});
        await once(socket, 'connect');
        idle.push(socket);
      }
      await expectServed();
      await until(
        () => `the end of ${idle.filter((socket) => !socket.closed).length} connections`,
        () => idle.every((socket) => socket.closed),
      );
    });

    it('holds registrations of strangers, from many addresses and from one of its phones’', async () => {
      for (const from of ['127.0.9.1', '127.0.9.2', '127.0.0.1']) {
        const phone = await RawPhone.open(target.port, from);
        const sender = await Sender.open(target, from);
        await sender.sendAll(3000, (i) => phone.compose({ user: `user${i}` }));
        const { nonce } = await phone.request({ user: '101' });
        await sender.sendAll(300, () => {
          const fields = answerFields({ username: '101', password: 'guess', realm, nonce });
          return phone.compose({ user: '101', authorization: authorization(fields) });
        });
        sender.close();
        phone.close();
      }
      expect((await office.phone('101').agent.register()).status).toBe(200);
    });

    it('holds calls with the address of a trunk that nobody acknowledges', async () => {
      const phone = await RawPhone.open(target.port, carrier);
      const uri = `sip:4930123@127.0.0.1:${target.port}`;
      const sender = await Sender.open(target, carrier);
      await sender.sendAll(1300, () => phone.compose({ method: 'INVITE', uri, user: 'outside', ...offer }));
      await expectServed();
      sender.close();
      phone.close();
    });

    it('holds 1,200 calls of one of its own accounts', async () => {
      const phone = await RawPhone.open(target.port);
      const uri = `sip:100@127.0.0.1:${target.port}`;
      const parts = { method: 'INVITE', uri, user: '104', toUser: '100', ...offer };
      const { nonce } = await phone.request(parts);
      const rung = office.phone('100').incoming.length;
      const account = { username: '104', password: passwordOf('104'), realm, nonce, method: 'INVITE', uri };
      const batch = 15;
      for (let nc = 1; nc <= 1200; nc += 1) {
        phone.send(phone.compose({ ...parts, authorization: authorization(answerFields({ ...account, nc })) }));
        if (nc % batch === 0) await pause((floodMs * batch) / 1200);
      }
      // Some ring, the others are refused: the account has used up its share.
      expect(office.phone('100').incoming.length).toBeGreaterThan(rung);
      expect(phone.received).toBeGreaterThan(100);
      await expectServed();
      phone.close();
    });

    it('holds 20,000 mutated messages, and garbage over connections', async () => {
      const seed = 4475;
      const pick = seeded(seed);
      const uri = `sip:102@127.0.0.1:${target.port}`;
      for (const from of ['127.0.10.1', '127.0.10.2', carrier, '127.0.0.1']) {
        const sender = await Sender.open(target, from);
        await sender.sendAll(5000, () => mutated(uri, pick));
        sender.close();
        await hearsTheOther();
      }
      await throwConnections(office.appliance.address('tcp'));
    });
  });

  it('gives its memory back', async () => {
    let memory = 0;
    await until(
      () => `${memory} kB to become less than ${Math.round(tolerableGrowth * memoryBefore)}`,
      async () => {
        memory = await office.appliance.memory();
        return memory < tolerableGrowth * memoryBefore;
      },
      90_000,
    );
  });
});

const offer = {
  extra: ['Content-Type: application/sdp'],
  body: ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 4000 RTP/AVP 8', ''].join(
    '\r\n',
  ),
};
