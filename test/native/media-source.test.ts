import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../src/node-pjsua2/src/index.js';
import { expectHears, type Hearing, misheard } from '../support/audio/hearing.js';
import { Nat } from '../support/rtp/nat.js';
import { RtpSession } from '../support/rtp/session.js';
import { absentVoice, toneVoice } from '../support/rtp/voice.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RawCall, type RawOffer } from './support/raw-call.js';

const tones = { ours: 450, phone: 600, other: 850, stranger: 1050 };

/** An address that nobody has, as one behind a NAT looks from the other side. */
const nowhere = { address: '127.0.0.9', port: 40_000 };
const strangersHost = '127.0.0.2';
const pcmaWithoutKeys = { law: 'PCMA', eventPayloadType: undefined, isOpen: true } as const;

describe('the audio of a call', () => {
  let local: LocalEndpoint;
  let incoming: Call | undefined;
  const open: { close(): void }[] = [];

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'] });
    local.endpoint.on('incomingCall', (call) => {
      incoming = call;
      call.answer();
    });
  });
  afterAll(() => local.close());
  afterEach(() => {
    for (const resource of open.splice(0)) resource.close();
  });

  /** A call in which we speak, and the phone says nothing yet. */
  const dial = async (offer?: RawOffer): Promise<{ phone: RawCall; call: Call }> => {
    const phone = await RawCall.dial(local.udp.port, offer);
    const call = incoming;
    if (call === undefined) throw new Error('it was answered without us');
    phone.audio.say(absentVoice);
    await local.say(tones.ours, call);
    return { phone, call };
  };

  /** Someone else who sends to the call's port. */
  const sender = async (phone: RawCall, host: string, frequency: number): Promise<RtpSession> => {
    const session = await RtpSession.open(host);
    open.push(session);
    session.say(toneVoice(frequency));
    phone.aim(session);
    await until('packets sent', () => session.sent.length > 20);
    return session;
  };

  /** On a busy machine sound may come, and go, later than a moment after. */
  const untilWeHear = async (call: Call, hearing: Hearing) => {
    let complaint: string | undefined;
    await until(
      () => complaint ?? 'nothing',
      async () => {
        complaint = misheard('we', await local.hear(call, 400), hearing);
        return complaint === undefined;
      },
    );
  };

  const hangUp = async ({ phone, call }: { phone: RawCall; call: Call }) => {
    await phone.hangUp();
    await call.ended;
  };

  const audioAt = (session: RtpSession) => {
    const before = session.received.length;
    return until('our audio', () => session.received.length > before + 20);
  };

  it('is not taken over by a stranger while the phone is silent', async () => {
    const { phone, call } = await dial();
    const stranger = await sender(phone, strangersHost, tones.stranger);
    expectHears('we', await local.hear(call, 400), { present: [], absent: [tones.stranger] });
    await audioAt(phone.audio);
    expect(stranger.received.length).toBe(0);
    await hangUp({ phone, call });
  });

  it('is reported once when a stranger sends to it', async () => {
    const told: string[] = [];
    const listen = ({ message }: { message: string }) => told.push(message);
    local.endpoint.on('log', listen);
    const { phone, call } = await dial();
    await sender(phone, strangersHost, tones.stranger);
    await until('the log', () => told.some((message) => message.includes(strangersHost)));
    await hangUp({ phone, call });
    local.endpoint.off('log', listen);
    expect(told.filter((message) => message.includes(strangersHost))).toHaveLength(1);
  });

  it('is not taken over from the phone’s own host once the phone has spoken', async () => {
    const { phone, call } = await dial();
    phone.audio.say(toneVoice(tones.phone));
    await untilWeHear(call, { present: [tones.phone], absent: [] });
    phone.audio.say(absentVoice);
    await untilWeHear(call, { present: [], absent: [tones.phone] });
    const stranger = await sender(phone, '127.0.0.1', tones.stranger);
    expectHears('we', await local.hear(call, 400), { present: [], absent: [tones.stranger, tones.phone] });
    await audioAt(phone.audio);
    expect(stranger.received.length).toBe(0);
    await hangUp({ phone, call });
  });

  it('reaches a phone behind a NAT, and only the first to speak there', async () => {
    const { phone, call } = await dial({ announced: nowhere });
    const early = await sender(phone, strangersHost, tones.stranger);
    phone.audio.say(toneVoice(tones.phone));
    await audioAt(phone.audio);
    const late = await sender(phone, '127.0.0.1', tones.other);
    await untilWeHear(call, { present: [tones.phone], absent: [] });
    expectHears('we', await local.hear(call, 400), {
      present: [tones.phone],
      absent: [tones.stranger, tones.other],
    });
    expectHears('the phone', phone.audio.heard(300), { present: [tones.ours], absent: [] });
    expect([early.received.length, late.received.length]).toEqual([0, 0]);

    // The same SDP once more, while the phone says nothing: it still gets our audio.
    late.say(absentVoice);
    phone.audio.say(absentVoice);
    expect(await phone.renegotiate('8 101')).toBe(200);
    await audioAt(phone.audio);
    await hangUp({ phone, call });
  });

  it('follows a phone whose NAT gives it another port, however often strangers try the same', async () => {
    const { phone, call } = await dial({ announced: nowhere });
    const nat = await Nat.open('127.0.0.1', { address: '127.0.0.1', port: phone.theirRtpPort });
    open.push(nat);
    phone.audio.aim({ ...pcmaWithoutKeys, address: '127.0.0.1', port: nat.port });
    phone.audio.say(toneVoice(tones.phone));
    await audioAt(phone.audio);
    await nat.remap();
    const stranger = await sender(phone, '127.0.0.1', tones.stranger);
    await audioAt(phone.audio);
    expectHears('we', await local.hear(call, 400), { present: [tones.phone], absent: [tones.stranger] });
    expectHears('the phone', phone.audio.heard(300), { present: [tones.ours], absent: [] });
    expect(stranger.received.length).toBe(0);
    await hangUp({ phone, call });
  });

  it('moves with the SDP, not with late packets', async () => {
    const { phone, call } = await dial();
    phone.audio.say(toneVoice(tones.phone));
    await audioAt(phone.audio);
    const moved = await RtpSession.open('127.0.0.1');
    open.push(moved);
    phone.announced = { address: moved.address, port: moved.port };
    expect(await phone.renegotiate('8 101')).toBe(200);
    await audioAt(phone.audio);
    moved.say(toneVoice(tones.other));
    phone.aim(moved);
    await audioAt(moved);
    expectHears('we', await local.hear(call, 400), { present: [tones.other], absent: [tones.phone] });
    await hangUp({ phone, call });
  });

  it('has reports that no stranger can redirect or forge', async () => {
    const { phone, call } = await dial();
    const reports = await boundSocket('127.0.0.1', phone.audio.port + 1);
    const stranger = await boundSocket(strangersHost);
    open.push(reports, stranger);
    let strangersReports = 0;
    stranger.on('message', () => strangersReports++);
    phone.audio.say(toneVoice(tones.phone));
    await audioAt(phone.audio);
    for (let count = 0; count < 10; ++count) {
      await new Promise((done) => stranger.send(receiverReport(99), phone.theirRtpPort + 1, '127.0.0.1', done));
    }
    await once(reports, 'message');
    expect(strangersReports).toBe(0);
    expect(call.statistics()?.sent.lost).toBe(0);

    await new Promise((done) => reports.send(receiverReport(7), phone.theirRtpPort + 1, '127.0.0.1', done));
    await until('the report of the phone', () => call.statistics()?.sent.lost === 7);
    await hangUp({ phone, call });
  });
});

async function boundSocket(address: string, port = 0): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(port, address);
  await once(socket, 'listening');
  return socket;
}

/** RTCP: a receiver report (RFC 3550, 6.4.2) that says how many of our packets were lost. */
function receiverReport(lost: number): Buffer {
  const report = Buffer.alloc(32);
  report.writeUInt16BE(0x81c9, 0);
  report.writeUInt16BE(report.length / 4 - 1, 2);
  report.writeUInt32BE(lost, 12);
  return report;
}
