import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { BoxAdmin } from '../../support/box-admin.js';
import { certificateOne, certificateTwo } from '../../support/certificates.js';
import { moderate, OfficePhone, officeSettings, passwordOf, pins, toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import { BaresipPhone } from '../../support/phones/baresip-phone.js';
import type { BaresipOptions } from '../../support/phones/baresip-process.js';
import { untilPhoneHears } from '../../support/phones/hearing.js';
import { toneVoice } from '../../support/rtp/voice.js';
import type { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { credentials, outsideTone, trunkTo } from '../../support/trunk-office.js';
import { Upstream } from '../../support/upstream.js';
import { until } from '../../support/waiting.js';

const webPort = 19_482;
/** Both sides of the trunk believe each other. */
const providerTls = { ...certificateTwo, ca: certificateOne.certificate + certificateTwo.certificate };
const phoneTls = { ...certificateTwo, ca: certificateOne.certificate };

const installed = async (folder: string) => {
  const file = join(folder, 'identity', 'tls-installed.pem');
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, certificateOne.key + certificateOne.certificate, { mode: 0o600 });
};

/** 101 has to encrypt, 102 and both moderators may, 103 does not. */
const encryptionOf: Readonly<Record<string, string>> = {
  101: 'required',
  102: 'offered',
  100: 'offered',
  109: 'offered',
};

const settingsSchema = z.looseObject({
  extensions: z.array(z.looseObject({ number: z.string() })),
  profiles: z.array(z.looseObject({})),
});

async function settings(): Promise<object> {
  const { extensions, profiles } = settingsSchema.parse(await officeSettings());
  return {
    // baresip 1.0 gives up when it is offered any digest but MD5.
    sip: { address: '127.0.0.1', transports: ['udp', 'tcp', 'tls'], digest: ['MD5'] },
    extensions: extensions.map((entry) => ({ ...entry, encryption: encryptionOf[entry.number] ?? 'off' })),
    profiles: profiles.flatMap((profile) => [
      profile,
      { ...profile, id: 'strict', service: '*56', encryptedCalls: 'protectedThroughout' },
    ]),
  };
}

/** Keys that nobody uses: this telephone can agree on encryption, but not encrypt. */
const withKeys = (sdp: string): string =>
  /^a=crypto/m.test(sdp)
    ? sdp
    : `${sdp}a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${Buffer.alloc(30, 7).toString('base64')}\r\n`;
const withoutKeys = (sdp: string): string => sdp;

const shownCalls = z.object({
  entries: z.array(
    z.object({
      from: z.object({ protection: z.string() }),
      to: z.object({ protection: z.string().nullable() }),
      isEncrypted: z.boolean(),
      monitors: z.array(z.object({ mode: z.string().nullable() })),
    }),
  ),
});

describe('the sound of calls', () => {
  let office: RunningOffice;
  let admin: BoxAdmin;
  let upstream: Upstream;
  const phones = new Map<string, BaresipPhone>();

  const baresip = async (number: string, encryption: BaresipOptions['encryption']) => {
    const server = office.appliance.address('tls');
    const account = { server, number, password: passwordOf(number), tone: toneOf(number) };
    const options = { authorities: certificateOne.certificate, ...(encryption ? { encryption } : {}) };
    phones.set(number, await BaresipPhone.register(account, 'PCMA', options));
  };
  const phone = (number: string): BaresipPhone => {
    const found = phones.get(number);
    if (!found) throw new Error(`there is no telephone ${number}`);
    return found;
  };

  beforeAll(async () => {
    upstream = await Upstream.open(credentials, '127.0.0.1', providerTls);
    const tls = { authorities: certificateTwo.certificate };
    const trunk = trunkTo(upstream, { transport: 'tls', tls, encryption: 'required', inbound: { extension: '101' } });
    const change = { ...(await settings()), trunks: [trunk] };
    ({ office, admin } = await officeWithAdmin(webPort, change, ['104'], { furnish: installed }));
    await Promise.all([
      baresip('101', 'srtp-mand'),
      baresip('102', 'srtp'),
      baresip('103', undefined),
      baresip('100', 'srtp'),
    ]);
  });
  afterEach(async () => {
    await Promise.all([...phones.values()].map((each) => each.hangUp()));
    await office.hangUp();
  });
  afterAll(async () => {
    for (const each of phones.values()) await each.close();
    await office?.close();
    upstream?.close();
  });

  async function talk(from: string, to: string): Promise<void> {
    await phone(from).call(to);
    await phone(to).answer();
    await phone(from).untilTalking();
    await untilPhoneHears('caller', phone(from), { present: [toneOf(to)], absent: [toneOf(from)] });
    await untilPhoneHears('callee', phone(to), { present: [toneOf(from)], absent: [toneOf(to)] });
  }
  const shown = async () => shownCalls.parse((await admin.ask('GET', '/api/calls')).body).entries;
  const listens = async (service = '*55', member = '101') => {
    await phone('100').call(service);
    await phone('100').untilTalking();
    await phone('100').pressKeys(`${pins[100]}#${member}#`);
  };

  it.each<[string, string, string, string]>([
    ['101', '102', 'encrypted', 'encrypted'],
    ['102', '101', 'encrypted', 'encrypted'],
    ['101', '103', 'encrypted', 'clear'],
    ['103', '101', 'clear', 'encrypted'],
    ['103', '102', 'clear', 'encrypted'],
  ])('of %s to %s travels %s and %s, each as its telephone and extension say', async (from, to, first, second) => {
    await talk(from, to);
    await until('the protection to be shown', async () => {
      const [call] = await shown();
      return call?.from.protection === first && call.to.protection === second;
    });
    expect(await shown()).toMatchObject([{ isEncrypted: first === second }]);
  });

  it('is heard by a moderator whose telephone encrypts, and the call stays encrypted throughout', async () => {
    await talk('101', '102');
    await listens();
    await untilPhoneHears('moderator', phone('100'), {
      present: [toneOf('101'), toneOf('102')],
      absent: [toneOf('100')],
    });
    expect(await shown()).toMatchObject([{ isEncrypted: true, monitors: [{ mode: 'listen' }] }]);
  });

  it('is not heard by a moderator whose telephone does not encrypt', async () => {
    await talk('101', '102');
    const plain = await OfficePhone.register(office.appliance, '109');
    const call = await moderate(plain, `${pins[109]}#101#`);
    await office.untilRefused('notEncrypted');
    await untilHears('moderator', call, { present: [], absent: [toneOf('101'), toneOf('102')] });
    expect(await office.recorded('started')).not.toContainEqual(expect.objectContaining({ moderator: '109' }));
    call.hangUp();
    plain.close();
  });

  it('is heard no more by a moderator whose telephone stops encrypting in the middle of the call', async () => {
    await talk('101', '102');
    const other = await OfficePhone.register(office.appliance, '109', 'tls', phoneTls);
    const call = await other.agent.call('*55', { rewrite: withKeys });
    await until('the service number to answer', () => call.state === 'talking');
    await call.pressKeys(`${pins[109]}#101#`, 'info');
    await until('the moderator to listen', async () => (await shown())[0]?.monitors[0]?.mode === 'listen');
    call.rewriteSdp(withoutKeys);
    await call.resume();
    await office.untilMonitorEnded('notEncrypted');
    await untilHears('moderator', call, { present: [], absent: [toneOf('101'), toneOf('102')] });
    expect((await shown())[0]?.monitors).toEqual([]);
    call.hangUp();
    other.close();
  });

  it('is heard no more by a profile that wants both parties encrypted once one of them is not', async () => {
    const other = await OfficePhone.register(office.appliance, '109', 'tls', phoneTls);
    const caller = await other.agent.call('102', { rewrite: withKeys });
    await phone('102').answer();
    const before = (await office.recorded('ended')).length;
    await listens('*56', '102');
    await until('the moderator to listen', async () => (await shown())[0]?.monitors[0]?.mode === 'listen');
    await untilPhoneHears('moderator', phone('100'), { present: [toneOf('102')], absent: [toneOf('100')] });
    caller.rewriteSdp(withoutKeys);
    await caller.resume();
    await until('the end of the monitor', async () => (await office.recorded('ended')).length > before);
    expect((await office.recorded('ended')).at(-1)).toMatchObject({ reason: 'notEncrypted', member: '102' });
    await untilPhoneHears('moderator', phone('100'), { present: [], absent: [toneOf('102')] });
    caller.hangUp();
    other.close();
  });

  it('has to be encrypted from the next call on after a change, or there is none, and the log says what to do', async () => {
    const put = (encryption: string) => admin.ask('PATCH', '/api/extensions/104', { encryption }, '*');
    expect((await put('required')).status).toBe(200);
    const out = await office.call('104', '102');
    expect(await until('the call to be refused', () => out.end)).toMatchObject({ status: 488 });
    const other = await OfficePhone.register(office.appliance, '109');
    const inward = await other.call('104');
    expect(await until('the call to be refused', () => inward.end)).toMatchObject({ status: 488 });
    other.close();
    for (const msg of ['refused traffic from outside', 'a call was refused'])
      expect(office.appliance.log).toContainEqual(
        expect.objectContaining({ msg, advice: expect.stringContaining('register over TLS') }),
      );
    expect((await put('off')).status).toBe(200);
    await office.call('104', '103');
    await phone('103').answer();
  });

  describe('of telephones that make a handshake for their keys', () => {
    beforeAll(async () => {
      const numbers = ['101', '100'];
      await Promise.all(numbers.map((number) => phone(number).close()));
      await Promise.all(numbers.map((number) => baresip(number, 'dtls_srtp')));
    });

    it.each<[string, string, boolean]>([
      ['101', '102', true],
      ['102', '101', true],
      ['101', '103', false],
    ])('travels encrypted from %s to %s, as far as that is possible', async (from, to, isBoth) => {
      await talk(from, to);
      await until('the protection to be shown', async () => {
        const [call] = await shown();
        return [call?.from.protection, call?.to.protection].every((each) => each === 'encrypted') === isBoth;
      });
      expect(await shown()).toMatchObject([{ isEncrypted: isBoth }]);
    });

    it('is heard by a moderator who makes one, too', async () => {
      await talk('101', '102');
      await listens();
      await untilPhoneHears('moderator', phone('100'), {
        present: [toneOf('101'), toneOf('102')],
        absent: [toneOf('100')],
      });
      expect(await shown()).toMatchObject([{ isEncrypted: true, monitors: [{ mode: 'listen' }] }]);
    });
  });

  describe('over a trunk that has to encrypt', () => {
    const invites: string[] = [];
    /** What the provider makes of a call. */
    const takes = (take: (call: SipCall) => void) => {
      invites.splice(0);
      upstream.agent.onCall = (call) => {
        invites.push(`${/RTP\/S?AVP/.exec(call.invite.body)?.[0]} ${/a=crypto/.test(call.invite.body)}`);
        take(call);
      };
    };
    const accept = (call: SipCall) => {
      call.accept();
      call.audio.say(toneVoice(outsideTone));
    };

    it('is not there at all if the provider does not encrypt', async () => {
      takes((call) => call.refuse(488));
      const call = await office.call('104', '0089555000');
      expect(await until('the call to end', () => call.end)).toMatchObject({ status: 488 });
      expect(invites).toEqual(['RTP/SAVP true']);
    });

    it('goes out in clear to the emergency services rather than not at all', async () => {
      takes((call) => (invites.length < 3 ? call.refuse(488) : accept(call)));
      const call = await office.call('104', '112');
      await untilHears('caller', call, { present: [outsideTone], absent: [toneOf('104')] });
      expect(invites).toEqual(['RTP/AVP true', 'RTP/SAVP true', 'RTP/AVP false']);
    });
  });
});
