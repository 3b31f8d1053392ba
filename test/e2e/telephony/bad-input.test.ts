import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { expectHears } from '../../support/audio/hearing.js';
import { garbage, throwConnections, throwDatagrams, throwPackets } from '../../support/garbage.js';
import {
  moderate,
  OfficePhone,
  officeSettings,
  passwordOf,
  pins,
  talk,
  toneOf,
  untilHears,
} from '../../support/office.js';
import { RtpSession } from '../../support/rtp/session.js';
import { toneVoice } from '../../support/rtp/voice.js';
import type { SipCall } from '../../support/sip/call.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { type SippScenario, sipp } from '../../support/sipp.js';
import { until } from '../../support/waiting.js';

/** 600 ms: more than what is looked at. */
const freshPackets = 30;
const strangerTone = 1700;
const refusedText = 'refused traffic from outside';

describe('bad input while a monitored call is running', () => {
  let appliance: Appliance;
  let phones: OfficePhone[];
  let member: SipCall;
  let other: SipCall;
  let moderator: SipCall;

  beforeAll(async () => {
    appliance = await Appliance.start(await officeSettings());
    phones = [];
    for (const number of ['100', '101', '102']) phones.push(await OfficePhone.register(appliance, number));
    const [moderatorPhone, memberPhone, otherPhone] = phones as [OfficePhone, OfficePhone, OfficePhone];
    ({ caller: member, callee: other } = await talk(memberPhone, otherPhone));
    moderator = await moderate(moderatorPhone, `${pins[100]}#101#`);
    await expectUnharmed();
  });
  afterAll(async () => {
    for (const phone of phones) phone.close();
    await appliance.remove();
  });

  /** All hear what they should, the box serves others as before, and nobody was disturbed. */
  const expectUnharmed = async () => {
    for (const { audio } of [member, other, moderator]) {
      const before = audio.received.length;
      await until('audio that came later', () => audio.received.length >= before + freshPackets);
    }
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [toneOf('100')] });
    await untilHears('member', member, { present: [toneOf('102')], absent: [toneOf('101'), toneOf('100')] });
    await untilHears('other', other, { present: [toneOf('101')], absent: [toneOf('102'), toneOf('100')] });
    const newcomer = await OfficePhone.register(appliance, '103');
    await newcomer.agent.register(0);
    newcomer.close();
    expect(phones.flatMap(({ incoming }) => incoming.filter((call) => call !== other))).toEqual([]);
    expect([...member.requestsReceived, ...other.requestsReceived, ...moderator.requestsReceived]).toEqual([]);
  };

  it.each<SippScenario>(['unknown-method', 'stray-bye', 'foreign-uri', 'stranger-calls'])(
    'answers %s, over UDP and TCP',
    async (scenario) => {
      await sipp(scenario, appliance.address('udp'), 50);
      await sipp(scenario, appliance.address('tcp'), 50);
      await expectUnharmed();
    },
  );

  it.each(['MD5', 'SHA-256'] as const)(
    'refuses a wrong password in %s, for registrations and calls',
    async (algorithm) => {
      const agent = await UserAgent.open({
        server: appliance.address(),
        credentials: { username: '104', password: `${passwordOf('104')}!` },
        algorithm,
      });
      expect((await agent.register()).status).toBe(403);
      expect((await agent.request('INVITE')).status).toBe(403);
      agent.close();
      await expectUnharmed();
    },
  );

  it('drops or refuses garbage in datagrams', async () => {
    await throwDatagrams(appliance.address('udp'), 20);
    await expectUnharmed();
  });

  it('drops or refuses garbage in connections', async () => {
    await throwConnections(appliance.address('tcp'));
    await expectUnharmed();
  });

  it('takes no audio from elsewhere in a call', async () => {
    for (const call of [member, other, moderator]) {
      if (call.remoteAudio) await throwPackets(call.remoteAudio, 500);
    }
    await expectUnharmed();
  });

  it('neither lets a stranger’s voice into a call, nor sends the call to the stranger', async () => {
    const stranger = await RtpSession.open('127.0.0.1');
    stranger.say(toneVoice(strangerTone));
    for (const call of [member, other, moderator]) {
      if (!call.remoteAudio) throw new Error('the call has no audio');
      const sent = stranger.sent.length;
      stranger.aim({ ...call.remoteAudio, law: 'PCMA', eventPayloadType: undefined, isOpen: true });
      await until('two seconds of it', () => stranger.sent.length >= sent + 100);
      for (const listener of [member, other, moderator]) {
        expectHears('anybody', listener.audio.heard(400), { present: [], absent: [strangerTone] });
      }
    }
    expect(stranger.received.length).toBe(0);
    stranger.close();
    await expectUnharmed();
  });

  it('tells a flood of it in few lines, and at last how much there was', async () => {
    const told = appliance.log.filter(({ msg }) => msg === refusedText);
    const sent = 20 * Object.keys(garbage).length + 8 * 50;
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(sent / 5);
    await appliance.stop();
    expect(appliance.log.map(({ more }) => Number(more)).some((count) => count > 0)).toBe(true);
    expect(JSON.stringify(appliance.log)).not.toContain(passwordOf('104'));
  });
});
