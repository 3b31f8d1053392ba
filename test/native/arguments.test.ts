import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallOptions, Endpoint, type EndpointOptions, type Segment } from '../../src/node-pjsua2/src/index.js';
import { LocalEndpoint } from './support/local-endpoint.js';

/** What JavaScript could pass and TypeScript would not. */
const wrong = <T>(value: unknown): T => value as T;

describe('a wrong argument', () => {
  describe('of create() causes a TypeError', () => {
    it.each<[string, object]>([
      ['no user agent', {}],
      ['a user agent that is not a string', { userAgent: 7 }],
      ['a line break in the user agent', { userAgent: 'a\r\nX-Evil: 1' }],
      ['no calls', { maxCalls: 0 }],
      ['too many calls', { maxCalls: 1001 }],
      ['half a call', { maxCalls: 1.5 }],
      ['a clock rate between the two', { clockRate: 11_025 }],
      ['an unknown codec', { codecs: ['G729'] }],
      ['codecs that are not an array', { codecs: 'PCMA' }],
      ['ports in the wrong order', { rtpPorts: { from: 20_000, to: 10_000 } }],
      ['an invalid log level', { logLevel: 7 }],
      ['a capacity of zero', { eventCapacity: 0 }],
    ])('%s', async (_, options) => {
      const known = 'userAgent' in options || Object.keys(options).length === 0 ? {} : { userAgent: 'x' };
      await expect(Endpoint.create(wrong<EndpointOptions>({ ...known, ...options }))).rejects.toThrow(TypeError);
    });
  });

  describe('of an open endpoint', () => {
    let local: LocalEndpoint;

    beforeAll(async () => {
      local = await LocalEndpoint.start();
    });
    afterAll(() => local.close());

    it.each<[string, object]>([
      ['a target that is not a string', { to: 7 }],
      ['a target that is not a URI', { to: 'hello' }],
      ['a target with another scheme', { to: 'tel:+4930' }],
      ['a target over SCTP', { to: 'sip:1@127.0.0.1;transport=sctp' }],
      ['a line break in the target', { to: 'sip:1@127.0.0.1\r\nX-Evil: 1' }],
      ['a line break in a header', { headers: { 'X-Good': 'a\nX-Evil: 1' } }],
      ['an invalid header name', { headers: { 'X Bad': 'a' } }],
      ['a header that PJSIP creates', { headers: { 'Call-ID': 'a' } }],
      ['a line break in the display name', { from: { user: '1', displayName: 'a\r\nb' } }],
      ['an invalid host', { from: { user: '1', host: 'a>;b' } }],
      ['an asserted identity without a caller', { assertIdentity: true }],
      ['codecs that are not strings', { codecs: [1] }],
      ['an account that is not an Account', { account: {} }],
    ])('of call() causes a TypeError: %s', (_, options) => {
      expect(() => local.endpoint.call(wrong<CallOptions>({ to: 'sip:1@127.0.0.1', ...options }))).toThrow(TypeError);
      expect(local.endpoint.statistics().activeCalls).toBe(0);
    });

    it.each<[string, unknown]>([
      ['nothing to play', []],
      ['no segments', undefined],
      ['an invalid segment', [{}]],
      ['samples that are not an Int16Array', [{ samples: [1, 2] }]],
      ['samples of another kind', [{ samples: new Float32Array(2) }]],
      ['no frequency', [{ frequencies: [], ms: 1, levelDbfs: 0 }]],
      ['five frequencies', [{ frequencies: [1, 2, 3, 4, 5], ms: 1, levelDbfs: 0 }]],
      ['a frequency beyond half the clock rate', [{ frequencies: [4000], ms: 1, levelDbfs: 0 }]],
      ['a level above full scale', [{ frequencies: [440], ms: 1, levelDbfs: 1 }]],
      ['a length that is not a number', [{ silenceMs: Number.NaN }]],
    ])('of createPlayer() causes a TypeError: %s', (_, segments) => {
      expect(() => local.endpoint.createPlayer({ segments: wrong<Segment[]>(segments) })).toThrow(TypeError);
    });

    it.each([
      ['udp', 'a'],
      ['tcp', '300.1.1.1'],
    ] as const)('of addTransport() is refused: %s on %s', async (protocol, address) => {
      await expect(local.endpoint.addTransport({ protocol, address, port: 0 })).rejects.toThrow();
      await expect(local.endpoint.addTransport({ protocol, address: '127.0.0.1', port: 70_000 })).rejects.toThrow(
        TypeError,
      );
      await expect(
        local.endpoint.addTransport({ protocol: wrong<'udp'>('sctp'), address: '127.0.0.1', port: 0 }),
      ).rejects.toThrow(TypeError);
    });

    it('of addTransport() that the system refuses causes a PjsipError', async () => {
      const taken = { protocol: 'udp', address: '127.0.0.1', port: local.udp.port } as const;
      await expect(local.endpoint.addTransport(taken)).rejects.toMatchObject({
        name: 'PjsipError',
        operation: 'pjsua_transport_create',
        status: expect.any(Number),
      });
    });

    it('of createRecorder() that cannot be opened causes a PjsipError', () => {
      expect(() => local.endpoint.createRecorder(join(local.folder, 'none', 'a.wav'))).toThrow(
        expect.objectContaining({ name: 'PjsipError', message: expect.stringContaining('No such file') }),
      );
    });

    it('of connect() causes a TypeError', async () => {
      const player = local.tone(450);
      const recorder = local.endpoint.createRecorder(join(local.folder, 'a.wav'));
      for (const gain of [21, -41, Number.NaN, wrong<number>('1')])
        await expect(local.endpoint.connect(player, recorder, { gain })).rejects.toThrow(TypeError);
      await expect(local.endpoint.connect(player, recorder, { levelled: wrong<boolean>('yes') })).rejects.toThrow(
        TypeError,
      );
      await expect(local.endpoint.connect(player, recorder, { side: wrong<'left'>('above') })).rejects.toThrow(
        TypeError,
      );
      await expect(local.endpoint.connect(wrong(recorder), wrong(player))).rejects.toThrow();
      await recorder.close();
      player.close();
    });

    it('of a call in the wrong state causes an error and does no harm', async () => {
      const call = local.endpoint.call({ to: local.uri });
      const { call: incoming } = await local.caller();
      expect(() => call.answer()).toThrow(expect.objectContaining({ name: 'PjsipError', code: 'PJ_EINVALIDOP' }));
      expect(() => incoming.progress(wrong<180>(181))).toThrow(TypeError);
      expect(() => incoming.reject(200)).toThrow(TypeError);
      expect(() => incoming.hangUp({ status: 100 })).toThrow(TypeError);
      await expect(call.hold()).rejects.toMatchObject({ name: 'PjsipError' });
      await expect(call.sendDigits('1')).rejects.toThrow();
      await expect(call.sendDigits('x')).rejects.toThrow(TypeError);
      await expect(call.sendDigits('')).rejects.toThrow(TypeError);
      await expect(call.sendDigits('1', { durationMs: 1 })).rejects.toThrow(TypeError);
      call.hangUp();
      expect(await call.ended).toMatchObject({ cause: 'local' });
      expect(await incoming.ended).toMatchObject({ cause: 'remote' });
      call.hangUp();
      call.reject(486);
    });
  });
});
