import { afterEach, describe, expect, it } from 'vitest';
import { expectHears } from '../../support/audio/hearing.js';
import { noise } from '../../support/audio/tones.js';
import { sampleVoice, toneVoice } from '../../support/rtp/voice.js';
import type { SipCall } from '../../support/sip/call.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';

const open: UserAgent[] = [];

afterEach(() => {
  for (const agent of open.splice(0)) agent.close();
});

async function agent(protocol: 'udp' | 'tcp', user: string): Promise<UserAgent> {
  const made = await UserAgent.open({
    server: { protocol, address: '127.0.0.1', port: 9 },
    credentials: { username: user, password: 'unused' },
    displayName: `Phone ${user}`,
  });
  open.push(made);
  return made;
}

async function ring(protocol: 'udp' | 'tcp' = 'udp', codecs?: readonly ('PCMU' | 'PCMA')[]) {
  const [caller, callee] = [await agent(protocol, '201'), await agent(protocol, '202')];
  const incoming = new Promise<SipCall>((resolve) => {
    callee.onCall = resolve;
  });
  const { address, port } = callee.local;
  const out = await caller.call(`sip:202@${address}:${port};transport=${protocol}`, codecs ? { codecs } : {});
  return { caller, callee, out, incoming: await incoming };
}

async function talk(protocol: 'udp' | 'tcp' = 'udp', codecs?: readonly ('PCMU' | 'PCMA')[]) {
  const both = await ring(protocol, codecs);
  both.incoming.accept();
  await until('the call to be answered', () => both.out.state === 'talking');
  return both;
}

async function untilHears(call: SipCall, present: number[], absent: number[]): Promise<void> {
  const from = performance.now();
  await until('400 ms of audio', () => performance.now() > from + 600);
  expectHears(call.party.user, call.audio.heard(400), { present, absent });
}

describe('two user agents', () => {
  it.each(['udp', 'tcp'] as const)('talk to each other over %s', async (protocol) => {
    const { out, incoming } = await talk(protocol);
    expect(incoming.party).toMatchObject({ user: '201', displayName: 'Phone 201' });
    out.audio.say(toneVoice(450));
    incoming.audio.say(toneVoice(650));
    await untilHears(incoming, [450], [650]);
    await untilHears(out, [650], [450]);
    out.hangUp();
    await until('the end', () => incoming.end);
    expect(incoming.end).toMatchObject({ status: 200, by: 'them' });
    expect(out.end).toMatchObject({ by: 'us' });
  });

  it('exchange every payload unchanged, in PCMU as in PCMA', async () => {
    for (const codec of ['PCMU', 'PCMA'] as const) {
      const { out, incoming } = await talk('udp', [codec]);
      expect(incoming.codec).toBe(codec);
      out.audio.say(sampleVoice(noise(1, -12, 10_000).samples));
      await until('100 packets', () => incoming.audio.received.length >= 100);
      const received = Array.from({ length: 100 }, (_, index) => incoming.audio.received.at(index));
      const sent = Array.from({ length: out.audio.sent.length }, (_, index) => out.audio.sent.at(index));
      const first = sent.findIndex(({ sequence }) => sequence === received[0]?.sequence);
      expect(received.map(({ payload }) => payload)).toEqual(
        sent.slice(first, first + 100).map(({ payload }) => payload),
      );
      expect(received.every(({ timestamp }, index) => timestamp === sent[first + index]?.timestamp)).toBe(true);
    }
  });

  it('keep the pace of 20 ms without drift', async () => {
    const { incoming, out } = await talk();
    await until('two seconds of packets', () => out.audio.sent.length >= 100);
    const first = incoming.audio.received.at(0);
    const last = incoming.audio.received.at(incoming.audio.received.length - 1);
    const played = ((last.timestamp - first.timestamp) >>> 0) / 8;
    expect(Math.abs(played - (last.at - first.at))).toBeLessThan(200);
  });

  it('ring with and without early media, are refused and taken back', async () => {
    const early = await ring();
    early.incoming.ring(183, { audio: true });
    early.incoming.audio.say(toneVoice(650));
    await until('early media', () => early.out.audio.received.length > 30);
    expect(early.out).toMatchObject({ state: 'ringing', progress: [{ status: 183, hasAudio: true }] });
    early.out.hangUp();
    await until('both to end', () => early.out.end && early.incoming.end);
    expect(early.out.end).toMatchObject({ status: 487, by: 'us' });
    expect(early.incoming.end).toMatchObject({ status: 487, by: 'them' });

    const busy = await ring();
    busy.incoming.ring(180, { audio: false });
    await until('ringing', () => busy.out.state === 'ringing');
    expect(busy.out.progress).toEqual([{ status: 180, hasAudio: false }]);
    busy.incoming.refuse(486);
    await until('the end', () => busy.out.end);
    expect(busy.out.end).toMatchObject({ status: 486, by: 'them' });
  });

  it('hold, resume and change the codec', async () => {
    const { out, incoming } = await talk('udp', ['PCMU', 'PCMA']);
    expect(incoming.codec).toBe('PCMU');
    out.audio.say(toneVoice(450));
    incoming.audio.say(toneVoice(650));
    await out.hold();
    expect(incoming.isHeldByOther).toBe(true);
    await untilHears(out, [], [450, 650]);
    await untilHears(incoming, [], [450, 650]);
    await out.resume();
    await untilHears(incoming, [450], [650]);
    await out.renegotiate(['PCMA']);
    expect(incoming.codec).toBe('PCMA');
    await untilHears(incoming, [450], [650]);
    await untilHears(out, [650], [450]);
    expect(incoming.requestsReceived).toEqual(['INVITE', 'INVITE', 'INVITE']);
  });

  it('press keys in both ways', async () => {
    const { out, incoming } = await talk();
    await out.pressKeys('12*#', 'rfc4733');
    await until('four digits', () => incoming.audio.digitsReceived.length === 4);
    expect(incoming.audio.digitsReceived).toBe('12*#');
    await out.pressKeys('90#', 'info');
    expect(incoming.infoDigits).toBe('90#');
  });

  it('learn that a call ended before all keys were pressed', async () => {
    const { out, incoming } = await talk();
    const pressed = out.pressKeys('0123456789', 'rfc4733');
    await until('the first key', () => incoming.audio.digitsReceived !== '');
    incoming.hangUp();
    await expect(pressed).rejects.toThrow('the call ended before all keys were sent');
  });

  it('lose as many packets as ordered', async () => {
    const { out, incoming } = await talk();
    out.audio.lose(0.25);
    const [sent, received] = [out.audio.sent.length, incoming.audio.received.length];
    await until('80 packets', () => out.audio.sent.length >= sent + 80);
    const lost = 1 - (incoming.audio.received.length - received) / (out.audio.sent.length - sent);
    expect(lost).toBeGreaterThan(0.15);
    expect(lost).toBeLessThan(0.35);
  });
});
