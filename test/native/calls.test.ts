import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Call, CallOptions } from '../../src/node-pjsua2/src/index.js';
import { expectHears } from '../support/audio/hearing.js';
import { toneLevel } from '../support/audio/tones.js';
import { readWav } from '../support/audio/wav.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { RemoteEndpoint } from './support/remote-endpoint.js';

const ourTone = 450;
const theirTone = 600;
const otherTone = 850;

describe('a call between two endpoints', () => {
  let local: LocalEndpoint;
  let remote: RemoteEndpoint;
  const calls: Call[] = [];

  beforeAll(async () => {
    remote = await RemoteEndpoint.start({ tone: theirTone });
    local = await LocalEndpoint.start();
  });
  afterAll(async () => {
    await local.close();
    await remote.close();
  });
  afterEach(async () => {
    for (const call of calls.splice(0)) call.hangUp();
    for (const { call } of local.incoming.splice(0)) call.hangUp();
    await remote.tell({ do: 'wait' });
    await until('all calls over', () => local.endpoint.statistics().activeCalls === 0);
    remote.forget();
  });

  const answeredCall = async (options: Partial<CallOptions> = {}): Promise<Call> => {
    const call = await local.answeredCall(remote.uri, options);
    calls.push(call);
    return call;
  };

  const heardByRemote = async (ms: number) => {
    const file = join(local.folder, 'remote.wav');
    await remote.tell({ do: 'record', file });
    await until(`${ms} ms in ${file}`, async () => (await stat(file)).size >= 16 * ms);
    await remote.tell({ do: 'stopRecording' });
    const { sampleRate, samples } = await readWav(file);
    await rm(file);
    return { sampleRate, samples: samples.slice(-8 * (ms - 200)) };
  };

  it('carries each tone to the other side, and only there', async () => {
    const call = await answeredCall();
    const voice = await local.say(ourTone, call);
    expectHears('we', await local.hear(call, 600), { present: [theirTone], absent: [ourTone] });
    expectHears('they', await heardByRemote(1000), { present: [ourTone], absent: [theirTone] });
    await voice.close();
    expectHears('they', await heardByRemote(1000), { present: [], absent: [ourTone, theirTone] });
    call.hangUp();
    expect(await call.ended).toMatchObject({ cause: 'local' });
    expect(await remote.event('ended')).toMatchObject({ cause: 'remote', status: 200 });
  });

  it('mixes everything connected to it, at the gain of each connection', async () => {
    const call = await answeredCall();
    const [loud, soft] = [local.tone(ourTone), local.tone(otherTone)];
    await local.endpoint.connect(loud, call);
    const connection = await local.endpoint.connect(soft, call, { gain: -12 });
    const difference = async () => {
      const heard = await heardByRemote(1000);
      return toneLevel(heard, otherTone) - toneLevel(heard, ourTone);
    };
    const untilDifferent = (db: number) =>
      until(`a difference of ${db} dB`, async () => Math.abs((await difference()) - db) < 0.5);
    await untilDifferent(-12);
    await connection.setVolume({ gain: 6 });
    await untilDifferent(6);
    call.hangUp();
  });

  it('keeps its connections through hold, resume and re-INVITE from either side', async () => {
    const call = await answeredCall();
    await local.say(ourTone, call);
    const bothHear = async (when: string) => {
      expectHears(`we, ${when},`, await local.hear(call, 600), { present: [theirTone], absent: [ourTone] });
      expectHears(`they, ${when},`, await heardByRemote(1000), { present: [ourTone], absent: [theirTone] });
    };
    await call.hold();
    expectHears('we, holding,', await local.hear(call, 400), { present: [], absent: [theirTone] });
    await call.resume();
    await bothHear('after our hold');
    await remote.tell({ do: 'hold' });
    await remote.tell({ do: 'resume' });
    await bothHear('after their hold');
    await call.reinvite();
    await bothHear('after our re-INVITE');
    await remote.tell({ do: 'reinvite' });
    await bothHear('after their re-INVITE');
    call.hangUp();
  });

  it('reports who holds it', async () => {
    const call = await answeredCall();
    const holds: string[] = [];
    call.on('media', ({ hold, direction }) => holds.push(`${hold} ${direction}`));
    await call.hold();
    await call.resume();
    await remote.tell({ do: 'hold' });
    await until('being held', () => holds.includes('remote recvonly'));
    await call.hold();
    await call.resume();
    await remote.tell({ do: 'resume' });
    await until('not being held', () => holds.at(-1) === 'none sendrecv');
    expect(holds).toEqual([
      'local sendonly',
      'none sendrecv',
      'remote recvonly',
      'both inactive',
      'remote recvonly',
      'none sendrecv',
    ]);
    call.hangUp();
  });

  it('can be held the moment it is answered', async () => {
    const one = async () => {
      const call = await answeredCall();
      await call.hold();
      await call.resume();
    };
    await Promise.all(Array.from({ length: 25 }, one));
  });

  it('rejects pending digits when it ends', async () => {
    const call = await answeredCall();
    const sent = call.sendDigits('123456789');
    call.hangUp();
    await expect(sent).rejects.toMatchObject({ name: 'InvalidStateError' });
  });

  describe.each(['rfc4733', 'info'] as const)('carries digits by %s', (method) => {
    it('each digit once, in both directions', async () => {
      const call = await answeredCall();
      const received: string[] = [];
      call.on('digit', ({ digit, method: by, durationMs }) => received.push(`${digit} ${by} ${durationMs}`));
      await call.sendDigits('1199*', { method });
      await remote.tell({ do: 'digits', digits: '#DD0', method });
      await until('their digits', () => received.length >= 4);
      await until('our digits', () => remote.all('digit').length >= 5);
      expect(remote.all('digit').map(({ digit }) => digit)).toEqual([...'1199*']);
      expect(received).toEqual([...'#DD0'].map((digit) => `${digit} ${method} 160`));
      call.hangUp();
    });
  });

  it('shows the caller that we name, even to a network that trusts us', async () => {
    const call = await answeredCall({
      from: { user: '+49 30#1', displayName: 'Anna "A" Öz', host: 'office.example' },
      assertIdentity: true,
      headers: { 'X-Ticket': '4711', Subject: 'delivery' },
    });
    expect(await remote.event('incomingCall')).toMatchObject({
      from: { user: '+49 30#1', displayName: 'Anna "A" Öz', uri: 'sip:+49%2030%231@office.example' },
      requestUser: '200',
      headers: {
        'x-ticket': ['4711'],
        subject: ['delivery'],
        'p-asserted-identity': ['"Anna \\"A\\" Öz" <sip:+49%2030%231@office.example>'],
      },
      userAgent: 'local',
      source: { address: '127.0.0.1', port: local.udp.port, transport: 'udp' },
    });
    call.hangUp();
  });

  it('offers the codecs that it is given, in that order', async () => {
    const call = await answeredCall({ codecs: ['G722', 'PCMU'] });
    expect(await remote.event('media')).toMatchObject({ codec: { name: 'G722', clockRate: 16_000, ptimeMs: 20 } });
    await local.say(ourTone, call);
    expectHears('they', await heardByRemote(1000), { present: [ourTone], absent: [theirTone] });
    call.hangUp();
  });

  it('counts packets and shows levels', async () => {
    const call = await answeredCall();
    await local.say(ourTone, call);
    await until('packets both ways', () => {
      const { received, sent } = call.statistics() ?? { received: { packets: 0 }, sent: { packets: 0 } };
      return received.packets > 20 && sent.packets > 20;
    });
    await until('levels near those of the tones', () => {
      const { received, sent } = local.endpoint.level(call);
      return Math.abs(received + 16) < 2 && Math.abs(sent + 16) < 2;
    });
    call.hangUp();
  });

  it('can come from the other side, which learns why it ends', async () => {
    await remote.tell({ do: 'dial', options: { to: local.uri } });
    const { call, info } = await local.caller();
    expect(info).toMatchObject({ origin: { kind: 'peer', name: 'test' }, requestUser: '100' });
    call.progress(180);
    expect(await remote.event('progress')).toMatchObject({ status: 180, media: false });
    call.answer({ headers: { 'X-Answer': 'yes' } });
    await remote.event('answered');
    call.hangUp({ reasonHeader: 'Q.850;cause=16;text="bye"' });
    expect(await remote.event('ended')).toMatchObject({ reasonHeader: 'Q.850;cause=16;text="bye"' });
  });

  it('carries early media', async () => {
    await remote.tell({ do: 'dial', options: { to: local.uri } });
    const { call } = await local.caller();
    call.progress(180, { media: true });
    await local.say(ourTone, call);
    expectHears('they, early,', await heardByRemote(1000), { present: [ourTone], absent: [theirTone] });
    expect(remote.all('progress')).toMatchObject([{ status: 183, media: true }, { status: 180 }]);
    call.reject(486, undefined, { Reason: 'Q.850;cause=17' });
    expect(await remote.event('ended')).toMatchObject({
      status: 486,
      cause: 'remote',
      reasonHeader: 'Q.850;cause=17',
    });
  });

  it.each([
    ['busy', 486, { 'Retry-After': '30' }, { status: 486, cause: 'remote', retryAfter: 30 }],
    ['declined', 603, {}, { status: 603, cause: 'remote' }],
  ])('that is %s ends with that status', async (_, status, headers, end) => {
    await remote.tell({ do: 'dial', options: { to: local.uri } });
    const { call } = await local.caller();
    call.reject(status, undefined, headers);
    expect(await remote.event('ended')).toMatchObject(end);
    expect(await call.ended).toMatchObject({ status, cause: 'local' });
  });

  it('that is cancelled before the answer ends for both sides, with the reason', async () => {
    await remote.tell({ do: 'dial', options: { to: local.uri } });
    const { call } = await local.caller();
    call.progress(180);
    await remote.event('progress');
    await remote.tell({ do: 'hangUp', reasonHeader: 'SIP;cause=200;text="Call completed elsewhere"' });
    expect(await call.ended).toMatchObject({
      status: 487,
      cause: 'remote',
      reasonHeader: 'SIP;cause=200;text="Call completed elsewhere"',
    });
  });

  it('to an address where nobody listens fails', async () => {
    await local.endpoint.addTransport({ protocol: 'tcp', address: '127.0.0.1', port: 0 });
    const call = local.endpoint.call({ to: 'sip:1@127.0.0.1:9;transport=tcp' });
    expect(await call.ended).toMatchObject({ cause: 'failure', status: 503 });
  });
});
