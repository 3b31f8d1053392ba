import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Call, CallMedia, Encryption } from '../../src/node-pjsua2/src/index.js';
import { misheard } from '../support/audio/hearing.js';
import { certificateOne, certificateTwo } from '../support/certificates.js';
import { BaresipPhone } from '../support/phones/baresip-phone.js';
import type { BaresipOptions } from '../support/phones/baresip-process.js';
import { Nat } from '../support/rtp/nat.js';
import { SrtpStream } from '../support/rtp/srtp.js';
import type { SipMessage } from '../support/sip/message.js';
import { UserAgent } from '../support/sip/user-agent.js';
import { until } from '../support/waiting.js';
import { AnsweringEndpoint, users } from './support/answering-endpoint.js';

const key = (octets: number) => Buffer.alloc(octets, 7).toString('base64');
const hash = (octets: number) => Array.from({ length: octets }, (_, index) => `a${index % 10}`).join(':');
const lineOf = {
  cm: `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${key(30)}`,
  gcm: `a=crypto:2 AEAD_AES_256_GCM inline:${key(44)}`,
  short: `a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:${key(20)}`,
  identified: `a=crypto:4 AES_CM_128_HMAC_SHA1_80 inline:${key(30)}|2^20|1:4`,
  lasting: `a=crypto:5 AES_CM_128_HMAC_SHA1_80 inline:${key(30)}|2^48 WSH=128`,
  open: `a=crypto:6 AES_CM_128_HMAC_SHA1_80 inline:${key(30)} UNENCRYPTED_SRTP`,
  weak: `a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:${key(30)}`,
  named: `a=fingerprint:SHA-256 ${hash(32)}`,
  sha1: `a=fingerprint:sha-1 ${hash(20)}`,
  cut: `a=fingerprint:sha-256 ${hash(31)}`,
  garbled: `a=fingerprint:sha-256 ${hash(32).replaceAll(':', ' ')}`,
  active: 'a=setup:active',
  passive: 'a=setup:passive',
  actpass: 'a=setup:actpass',
  holdconn: 'a=setup:holdconn',
} as const;

/** Makes an offer that says so. */
const offering =
  (profile: string, ...lines: readonly (keyof typeof lineOf)[]) =>
  (sdp: string): string =>
    sdp.replace('RTP/AVP', profile) + lines.map((line) => `${lineOf[line]}\r\n`).join('');

describe('encrypted media', () => {
  let server: AnsweringEndpoint;
  let port: number;
  const agents: UserAgent[] = [];
  const messages: SipMessage[] = [];
  const phones: BaresipPhone[] = [];

  beforeAll(async () => {
    server = await AnsweringEndpoint.start();
    server.endpoint.setTlsIdentity(certificateOne);
    ({ port } = await server.endpoint.addTransport({ protocol: 'tls', address: '127.0.0.1', port: 0 }));
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) agent.close();
    await Promise.all(phones.splice(0).map((phone) => phone.close()));
    server.onCall = (call) => call.reject(486);
    server.forget();
  });
  afterAll(() => server.close());

  const policy = (encryption: Encryption) =>
    server.registrar.setUsers(users.map((user) => ({ ...user, algorithms: ['MD5'], encryption })));

  const agent = async (protocol: 'tls' | 'udp' = 'tls'): Promise<UserAgent> => {
    const opened = await UserAgent.open({
      server: { protocol, address: '127.0.0.1', port: protocol === 'tls' ? port : server.port },
      credentials: users[0] ?? { username: '', password: '' },
      tls: { ...certificateTwo, ca: certificateOne.certificate },
      onMessage: (message) => messages.push(message),
    });
    agents.push(opened);
    return opened;
  };

  /** What a caller gets who offers this: a status, or the lines of the answer. */
  const answerTo = async (encryption: Encryption, rewrite: (sdp: string) => string, protocol?: 'udp') => {
    policy(encryption);
    let ours: Call | undefined;
    server.onCall = (call) => {
      ours = call;
      call.answer();
    };
    const caller = await agent(protocol);
    const call = await caller.call('1', { rewrite });
    await until('an answer', () => call.state === 'talking' || call.end);
    const answer = call.end ? call.end.status : linesOf(messages.findLast((message) => message.body !== ''));
    call.hangUp();
    await ours?.ended;
    return answer;
  };
  const encrypted = (profile: string, tag: number, suite: string) => [
    expect.stringContaining(profile),
    expect.stringMatching(new RegExp(`^a=crypto:${tag} ${suite} inline:`)),
  ];
  const shaken = (profile: string, setup: string) => [
    expect.stringContaining(` ${profile} `),
    expect.stringMatching(/^a=fingerprint:sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    `a=setup:${setup}`,
  ];
  const plain = [expect.stringContaining('RTP/AVP')];
  const cm = 'AES_CM_128_HMAC_SHA1_80';

  // Of one host only some in a minute are reported: here, before there are more.
  it('refusals are reported with their reason', async () => {
    await answerTo('off', offering('RTP/SAVP', 'cm'));
    await server.rejected('unencrypted');
    await answerTo('required', offering('RTP/SAVP', 'cm'), 'udp');
    await server.rejected('keysInClear');
  });

  it.each<[Encryption, string, readonly (keyof typeof lineOf)[], unknown]>([
    ['offered', 'RTP/SAVP', ['cm', 'gcm'], encrypted('RTP/SAVP', 1, cm)],
    ['offered', 'RTP/SAVP', ['gcm', 'cm'], encrypted('RTP/SAVP', 2, 'AEAD_AES_256_GCM')],
    ['required', 'RTP/SAVP', ['cm'], encrypted('RTP/SAVP', 1, cm)],
    ['required', 'RTP/AVP', ['cm'], encrypted('RTP/AVP', 1, cm)],
    ['offered', 'RTP/AVP', ['cm'], encrypted('RTP/AVP', 1, cm)],
    ['offered', 'RTP/SAVP', ['short', 'identified', 'open', 'weak', 'lasting'], encrypted('RTP/SAVP', 5, cm)],
    ['offered', 'RTP/AVP', ['short', 'open'], plain],
    ['offered', 'RTP/AVP', [], plain],
    ['off', 'RTP/AVP', ['cm'], plain],
    ['off', 'RTP/SAVP', ['cm'], 488],
    ['required', 'RTP/AVP', [], 488],
    ['required', 'RTP/SAVP', ['short', 'open'], 488],
    ['offered', 'UDP/TLS/RTP/SAVP', ['named', 'actpass'], shaken('UDP/TLS/RTP/SAVP', 'active')],
    ['required', 'UDP/TLS/RTP/SAVPF', ['named', 'active'], shaken('UDP/TLS/RTP/SAVPF', 'passive')],
    ['offered', 'RTP/SAVP', ['sha1', 'named', 'passive'], shaken('RTP/SAVP', 'active')],
    ['required', 'RTP/AVP', ['named', 'actpass'], shaken('RTP/AVP', 'active')],
    ['offered', 'UDP/TLS/RTP/SAVP', ['named'], shaken('UDP/TLS/RTP/SAVP', 'passive')],
    ['offered', 'RTP/SAVP', ['cm', 'named', 'actpass'], encrypted('RTP/SAVP', 1, cm)],
    ['offered', 'UDP/TLS/RTP/SAVP', ['cm', 'named', 'actpass'], shaken('UDP/TLS/RTP/SAVP', 'active')],
    ['offered', 'RTP/AVP', ['sha1', 'actpass'], plain],
    ['off', 'RTP/AVP', ['named', 'actpass'], plain],
    ['off', 'UDP/TLS/RTP/SAVP', ['named', 'actpass'], 488],
    ['offered', 'UDP/TLS/RTP/SAVP', ['cm'], 488],
    ['offered', 'UDP/TLS/RTP/SAVP', ['sha1', 'cut', 'garbled', 'actpass'], 488],
    ['offered', 'RTP/AVP', ['named', 'holdconn'], plain],
  ])('where it is %s, an offer of %s with %j is answered so', async (encryption, profile, lines, answer) => {
    expect(await answerTo(encryption, offering(profile, ...lines))).toEqual(answer);
  });

  it.each<[Encryption, string, readonly (keyof typeof lineOf)[], unknown]>([
    ['offered', 'RTP/AVP', ['cm'], plain],
    ['offered', 'RTP/SAVP', ['cm'], 488],
    ['required', 'RTP/SAVP', ['cm'], 488],
    ['offered', 'RTP/AVP', ['named', 'actpass'], plain],
    ['required', 'UDP/TLS/RTP/SAVP', ['named', 'actpass'], 488],
  ])(
    'over UDP, where others can read the keys or change the fingerprint, %s with %s and %j is answered so',
    async (encryption, profile, lines, answer) => {
      expect(await answerTo(encryption, offering(profile, ...lines), 'udp')).toEqual(answer);
    },
  );

  it('lets a telephone begin the handshake that is behind a NAT, where it could not be reached before', async () => {
    const behindNat = (...lines: readonly (keyof typeof lineOf)[]) => {
      const offer = offering('UDP/TLS/RTP/SAVP', ...lines);
      return (sdp: string) => offer(sdp).replaceAll('IP4 127.0.0.1', 'IP4 192.0.2.1');
    };
    const begun = shaken('UDP/TLS/RTP/SAVP', 'passive');
    expect(await answerTo('offered', behindNat('named', 'actpass'))).toEqual(begun);
    expect(await answerTo('offered', behindNat('named', 'passive'))).toEqual(shaken('UDP/TLS/RTP/SAVP', 'active'));
  });

  it('is not asked of others over UDP or TCP', () => {
    for (const transport of ['udp', 'tcp'])
      expect(() =>
        server.endpoint.call({ to: `sip:1@127.0.0.1:9;transport=${transport}`, encryption: 'required' }),
      ).toThrow(TypeError);
  });

  /** Says that its certificate is this one, and that it begins the handshake. */
  const naming = (certificate: string) => (sdp: string) =>
    `${sdp.replace('RTP/AVP', 'UDP/TLS/RTP/SAVP')}a=fingerprint:sha-256 ${new X509Certificate(certificate).fingerprint256}\r\na=setup:active\r\n`;

  it('has keys of a handshake only for the certificate that the description names, also after another one', async () => {
    policy('required');
    const media: CallMedia[] = [];
    server.onCall = (call) => {
      call.on('media', (state) => media.push(state));
      call.answer();
    };
    const caller = await agent();
    const call = await caller.call('1', { rewrite: naming(certificateTwo.certificate) });
    const port = await until('an answer', () => call.state === 'talking' && call.remoteAudio?.port);
    expect(await hasKeys(port, certificateOne)).toBe(false);
    expect(await hasKeys(port, certificateTwo)).toBe(true);
    await call.resume();
    expect(await hasKeys(port, certificateTwo)).toBe(true);
    call.rewriteSdp(naming(certificateOne.certificate));
    await call.resume();
    expect(await hasKeys(port, certificateTwo)).toBe(false);
    expect(await hasKeys(port, certificateOne)).toBe(true);
    expect(media.map(({ encrypted: is }) => is)).not.toContain(false);
    call.hangUp();
  });

  it('begins the handshake anew with a peer of the same certificate that has moved to another port', async () => {
    policy('required');
    server.onCall = (call) => call.answer();
    const [first, second] = await Promise.all([
      HandshakeServer.start(certificateTwo),
      HandshakeServer.start(certificateTwo),
    ]);
    const movedTo =
      ({ port: there }: HandshakeServer) =>
      (sdp: string) =>
        naming(certificateTwo.certificate)(sdp)
          .replace(/m=audio \d+/, `m=audio ${there}`)
          .replace('setup:active', 'setup:passive');
    try {
      const caller = await agent();
      const call = await caller.call('1', { rewrite: movedTo(first) });
      await until('keys', () => first.hasKeys && call.state === 'talking');
      await call.resume();
      call.rewriteSdp(movedTo(second));
      await call.resume();
      await until('keys at the other port', () => second.hasKeys);
      call.hangUp();
    } finally {
      first.close();
      second.close();
    }
  });

  it('sends no audio before there are keys of a handshake', async () => {
    policy('required');
    server.onCall = (call) => {
      call.answer();
      const player = server.endpoint.createPlayer({
        segments: [{ frequencies: [440], ms: 1000, levelDbfs: -20 }],
        loop: true,
      });
      call.on('ended', () => player.close());
      void server.endpoint.connect(player, call);
    };
    const caller = await agent();
    const call = await caller.call('1', { rewrite: naming(certificateTwo.certificate) });
    const port = await until('an answer', () => call.state === 'talking' && call.remoteAudio?.port);
    await pause(500);
    expect(call.audio.received.length).toBe(0);
    expect(await hasKeys(port, certificateTwo)).toBe(true);
    await until('audio', () => call.audio.received.length > 0);
    call.hangUp();
  });

  it('goes on hearing a peer in whose name others send datagrams of a handshake', async () => {
    policy('required');
    let ours: Call | undefined;
    server.onCall = (call) => {
      ours = call;
      call.answer();
    };
    const caller = await agent();
    const call = await caller.call('1', { rewrite: naming(certificateTwo.certificate) });
    const far = await until('an answer', () => call.state === 'talking' && call.remoteAudio);
    const [router, peer] = [await Nat.open('127.0.0.1', far), createSocket('udp4')];
    try {
      const exported = await keysOf(router.port, certificateTwo);
      const stream = new SrtpStream(exported.subarray(0, 16), exported.subarray(32, 46));
      const heard = () => ours?.statistics()?.received.packets ?? 0;
      let number = 0;
      const speak = () => peer.send(stream.packet(++number, Buffer.alloc(160, 0xd5)), router.port, '127.0.0.1');
      await until('audio to be heard', () => {
        speak();
        return heard() > 10;
      });
      const spoken = 100;
      const forge = async (meanwhile = () => {}) => {
        for (let i = 0; i < spoken; ++i) {
          for (let each = 0; each < 20; ++each) peer.send(Buffer.from([22]), router.port, '127.0.0.1');
          meanwhile();
          await pause(1);
        }
      };
      await forge();
      const before = heard();
      await forge(speak);
      await until('most of it to be heard', () => heard() - before > spoken / 2);
    } finally {
      router.close();
      peer.close();
    }
    call.hangUp();
  });

  const phone = async (user: number, tone: number, encryption: BaresipOptions['encryption']): Promise<BaresipPhone> => {
    const { username: number, password } = users[user] ?? { username: '', password: '' };
    const account = { server: { protocol: 'tls' as const, address: '127.0.0.1', port }, number, password, tone };
    const authorities = certificateOne.certificate;
    const opened = await BaresipPhone.register(account, 'PCMA', { authorities, ...(encryption ? { encryption } : {}) });
    phones.push(opened);
    return opened;
  };

  it.each<[string, BaresipOptions['encryption'], BaresipOptions['encryption']]>([
    ['two telephones that demand it', 'srtp-mand', 'srtp-mand'],
    ['one that demands it and one that does not know it', 'srtp-mand', undefined],
    ['two that know it', 'srtp', 'srtp'],
    ['two that make a handshake', 'dtls_srtp', 'dtls_srtp'],
    ['one that makes a handshake and one that has keys in SDP', 'dtls_srtp', 'srtp-mand'],
    ['one that does not know it and one that makes a handshake', undefined, 'dtls_srtp'],
  ])('carries the audio of %s, and goes on after a new offer', async (_what, first, second) => {
    policy('offered');
    const [caller, callee] = await Promise.all([phone(0, 600, first), phone(1, 900, second)]);
    const media: CallMedia[] = [];
    const legs: Call[] = [];
    server.onCall = async (call) => {
      call.progress(180);
      const { uri = '' } = server.bound.findLast(({ username }) => username === 'bob') ?? {};
      const onward = server.endpoint.call({
        to: uri,
        encryption: second === 'srtp' || second === undefined ? 'offered' : 'required',
      });
      legs.push(call, onward);
      for (const each of [call, onward]) each.on('media', (state) => media.push(state));
      onward.on('answered', () => call.answer());
      await Promise.all([server.endpoint.connect(call, onward), server.endpoint.connect(onward, call)]);
      call.on('ended', () => onward.hangUp());
    };
    await caller.call('bob');
    await callee.answer();
    await caller.untilTalking();
    const hear = async () => {
      await until('both to hear each other', async () => {
        const [there, here] = await Promise.all([callee.heard(400), caller.heard(400)]);
        return !misheard('callee', there, tone(600)) && !misheard('caller', here, tone(900));
      });
    };
    await hear();
    const ways = [first, second].map((each) => each !== undefined);
    await until('both to be what they are', () => ways.every((is) => media.some((state) => state.encrypted === is)));
    for (const leg of legs) await leg.reinvite();
    await hear();
    await caller.hangUp();
    await callee.untilEnded();
  });
});

type Identity = typeof certificateOne | typeof certificateTwo;

/** Whether OpenSSL's own client gets keys of a handshake with this port, showing this certificate. */
async function hasKeys(port: number, identity: Identity): Promise<boolean> {
  return (await clientSaying(port, identity, ['-brief'], /CONNECTION ESTABLISHED/)) !== null;
}

/** What OpenSSL's own client makes keys of, as RFC 5764, 4.2 has it: both sides' keys, then both sides' salts. */
async function keysOf(port: number, identity: Identity): Promise<Buffer> {
  const wanted = ['-keymatexport', 'EXTRACTOR-dtls_srtp', '-keymatexportlen', '60'];
  const said = await clientSaying(port, identity, wanted, /Keying material: ([0-9A-F]{120})/);
  return Buffer.from(said?.[1] ?? '', 'hex');
}

/** Null if it ends without saying so. */
async function clientSaying(
  port: number,
  { key: own, certificate }: Identity,
  options: readonly string[],
  what: RegExp,
): Promise<RegExpExecArray | null> {
  const folder = await mkdtemp(join(tmpdir(), 'handshake-'));
  const file = join(folder, 'identity.pem');
  await writeFile(file, own + certificate);
  const media = ['-dtls1_2', '-use_srtp', 'SRTP_AES128_CM_SHA1_80', ...options];
  const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...media, '-cert', file, '-key', file]);
  let said = '';
  for (const stream of [client.stdout, client.stderr])
    stream.on('data', (text) => {
      said += text;
    });
  try {
    await until('the handshake to end', () => what.test(said) || client.exitCode !== null);
    return what.exec(said);
  } finally {
    client.kill();
    await rm(folder, { recursive: true });
  }
}

/** OpenSSL's own server, which waits at a port of its own for a handshake. */
class HandshakeServer {
  #said = '';

  static async start({ key: own, certificate }: Identity): Promise<HandshakeServer> {
    const folder = await mkdtemp(join(tmpdir(), 'handshake-'));
    const file = join(folder, 'identity.pem');
    await writeFile(file, own + certificate);
    const port = await freeUdpPort();
    const media = ['-brief', '-dtls1_2', '-use_srtp', 'SRTP_AES128_CM_SHA1_80'];
    const where = ['-4', '-accept', `127.0.0.1:${port}`];
    const process = spawn('openssl', ['s_server', ...where, ...media, '-cert', file, '-key', file]);
    process.on('exit', () => void rm(folder, { recursive: true }));
    return new HandshakeServer(port, process);
  }

  private constructor(
    readonly port: number,
    private readonly process: ChildProcessWithoutNullStreams,
  ) {
    for (const stream of [process.stdout, process.stderr])
      stream.on('data', (text) => {
        this.#said += text;
      });
  }

  get hasKeys(): boolean {
    return this.#said.includes('Ciphersuite:');
  }

  close(): void {
    this.process.kill();
  }
}

/** A port at which nobody is, as `s_server` does not say which one it has been given. */
async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => {
    socket.close(resolve);
  });
  return port;
}

const tone = (hertz: number) => ({ present: [hertz], absent: [] });

/** What a description says of the audio and its keys. */
const linesOf = (message: SipMessage | undefined) =>
  (message?.body ?? '').split('\r\n').filter((line) => /^(m=|a=(crypto|fingerprint|setup):)/.test(line));
