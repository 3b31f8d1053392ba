import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { officeSettings, pins, toneOf, untilHears } from '../../support/office.js';
import { toneVoice } from '../../support/rtp/voice.js';
import type { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { outsideTone, TrunkOffice } from '../../support/trunk-office.js';
import { until } from '../../support/waiting.js';

const serviceFromOutside = '493012345699';
const doctor = '+4989555111';

describe('monitoring and the outside', () => {
  let trunk: TrunkOffice;
  let office: RunningOffice;

  beforeAll(async () => {
    const { profiles } = (await officeSettings()) as { profiles: object[] };
    trunk = await TrunkOffice.open({
      trunk: { inbound: { extension: '103' } },
      onCall: (call) => {
        call.accept();
        call.audio.say(toneVoice(outsideTone));
      },
      settings: {
        profiles: profiles.map((profile) => ({
          ...profile,
          external: { trunk: 'provider', number: serviceFromOutside },
        })),
        exclusions: { extensions: [], numbers: [doctor] },
      },
    });
    ({ office } = trunk);
  });
  afterEach(() => trunk.hangUp());
  afterAll(() => trunk.close());

  const talkOut = async (number: string) => {
    const member = await office.call('101', `0${number}`);
    await until('the call to be answered', () => member.state === 'talking');
    const [other] = trunk.outside;
    if (!other) throw new Error('the provider got no call');
    return { member, other };
  };

  it('a call with the outside is listened to like any other', async () => {
    const { member, other } = await talkOut('89555000');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), outsideTone], absent: [toneOf('100')] });
    await untilHears('outside', other, { present: [toneOf('101')], absent: [toneOf('100'), outsideTone] });
    await moderator.pressKeys('5', 'rfc4733');
    await untilHears('member', member, { present: [outsideTone, toneOf('100')], absent: [toneOf('101')] });
    await untilHears('outside', other, { present: [toneOf('101')], absent: [toneOf('100'), outsideTone] });
  });

  it.each(['089555111', '004989555111', '01013089555111', '0895551119', '*21'])(
    'nobody listens to a call with an excluded number, dialled as %s',
    async (number) => {
      const { member, other } = await talkOut(number);
      const refused = (await office.recorded('refused')).length;
      const moderator = await office.moderate('100', `${pins[100]}#101#`);
      await until('the refusal', async () => (await office.recorded('refused')).length > refused);
      expect((await office.recorded('refused')).at(-1)).toMatchObject({ reason: 'excluded', member: '101' });
      await untilHears('moderator', moderator, { present: [], absent: [toneOf('101'), outsideTone] });
      await untilHears('outside', other, { present: [toneOf('101')], absent: [toneOf('100')] });
      await untilHears('member', member, { present: [outsideTone], absent: [toneOf('100')] });
    },
  );

  /** 103 takes the call that comes in, and 100 tries to listen to it. */
  const refusedToListen = async (headers: Readonly<Record<string, string>>) => {
    const outside = await trunk.callIn(headers);
    const inside = await office.phone('103').answer();
    const shown = `${inside.invite.headers.get('From')} ${inside.invite.headers.get('P-Asserted-Identity') ?? ''}`;
    const refused = (await office.recorded('refused')).length;
    const moderator = await office.moderate('100', `${pins[100]}#103#`);
    await until('the refusal', async () => (await office.recorded('refused')).length > refused);
    expect((await office.recorded('refused')).at(-1)).toMatchObject({ reason: 'excluded', member: '103' });
    await untilHears('moderator', moderator, { present: [], absent: [toneOf('103'), outsideTone] });
    outside.hangUp();
    await office.hangUp();
    return shown;
  };

  it.each([
    ['a tel URI', '<tel:+4989555111>'],
    ['parameters of the number', '<sip:4989555111;npdi;rn=+4930@provider.test>'],
    ['a second identity', '<sip:doctor@provider.test>, <tel:+4989555111>'],
  ])('nobody listens to a caller who is excluded, known by %s, and whose number is shown', async (_, identity) => {
    const shown = await refusedToListen({ 'P-Asserted-Identity': identity });
    expect(shown).toContain('89555111');
  });

  it.each(['header; id;critical'])('who withholds by Privacy: %s is not shown, nor listened to', async (privacy) => {
    const shown = await refusedToListen({
      'P-Asserted-Identity': `"Mrs Secret" <sip:${doctor}@provider.test>`,
      Privacy: privacy,
    });
    expect(shown).not.toMatch(/89555111|Secret/);
  });

  it('nobody listens to a caller of unknown number', async () => {
    await refusedToListen({ From: '<sip:anna@provider.test>;tag=a' });
  });

  it.each([
    '<tel:+493012345699>',
    '<sip:03012345699@provider.test;user=phone>',
    '<sip:+49-30-123456.99;npdi@provider.test>',
  ])('the service number is known as %s', async (To) => {
    const moderator = await trunk.callIn({ To });
    await until('the service number to answer', () => moderator.state === 'talking');
    moderator.hangUp();
  });

  it('a moderator gets in from outside with a PIN, and not without', async () => {
    await office.talk('101', '102');
    const moderator = await trunk.callIn({ To: `<sip:${serviceFromOutside}@provider.test>` });
    await until('the service number to answer', () => moderator.state === 'talking');
    await moderator.pressKeys('101#', 'rfc4733');
    await office.untilRefused('wrongPin');
    await moderator.pressKeys(`${pins[100]}#101#`, 'rfc4733');
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [outsideTone] });
    expect((await office.recorded('started')).at(-1)).toMatchObject({ moderator: '100', member: '101' });
  });

  it('wrong PINs under the number of an extension lock nobody in the house', async () => {
    const before = (await office.recorded('refused')).filter(({ reason }) => reason === 'wrongPin').length;
    const stranger = await trunk.callIn({
      To: `<sip:${serviceFromOutside}@provider.test>`,
      'P-Asserted-Identity': '<sip:100@provider.test>',
    });
    await until('the service number to answer', () => stranger.state === 'talking');
    await stranger.pressKeys('1111#', 'rfc4733');
    await office.untilRefused('wrongPin', before + 1);
    await stranger.pressKeys('2222#', 'rfc4733');
    await office.untilRefused('wrongPin', before + 2);
    await stranger.pressKeys('3333#', 'rfc4733');
    await office.untilRefused('lockedOut');
    expect((await office.recorded('refused')).at(-1)).toMatchObject({ caller: 'provider/100' });
    await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
  });

  it('the same number leads nowhere special when it comes from inside', async () => {
    const call = await office.call('104', serviceFromOutside);
    await until('the end', () => call.end);
    expect(call.end?.status).toBe(404);
  });
});

describe('a moderator inside while many key PINs outside', () => {
  /** On an idle machine it is less than half a second; it was sixteen behind those outside. */
  const patienceMs = 5000;
  const strangers = 60;

  it('is let in without waiting for them', async () => {
    const { profiles } = (await officeSettings()) as { profiles: object[] };
    const external = { trunk: 'provider', number: serviceFromOutside };
    const trunk = await TrunkOffice.open({
      trunk: { inbound: { extension: '103' } },
      onCall: (call) => call.accept(),
      settings: { profiles: profiles.map((profile) => ({ ...profile, external })) },
    });
    const { office } = trunk;
    await office.talk('101', '102');
    const moderator = await office.call('100', '*55');
    await until('the service number to answer', () => moderator.state === 'talking');
    const callers: SipCall[] = [];
    for (let i = 0; i < strangers; i += 1) {
      const To = `<sip:${serviceFromOutside}@provider.test>`;
      callers.push(await trunk.callIn({ To, 'P-Asserted-Identity': `<sip:+4989${1000 + i}@provider.test>` }));
    }
    const talking = () => callers.filter(({ state }) => state === 'talking');
    await until(
      () => `${strangers} callers to be answered; ${talking().length} are`,
      () => talking().length === strangers,
    );
    await Promise.all(callers.map((caller) => caller.pressKeys('1111#', 'info')));
    const keyed = performance.now();
    await moderator.pressKeys(`${pins[100]}#101#`, 'info');
    await until('the moderator to be let in', async () => (await office.recorded('started')).length === 1);
    const waited = performance.now() - keyed;
    expect(waited, `${Math.round(waited)} ms`).toBeLessThan(patienceMs);
    await office.untilRefused('wrongPin');
    await trunk.close();
  });
});
