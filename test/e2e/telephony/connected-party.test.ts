import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { toneVoice } from '../../support/rtp/voice.js';
import type { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { outsideTone, TrunkOffice } from '../../support/trunk-office.js';
import { until } from '../../support/waiting.js';

const doctor = '+4989555111';
const identity = (number: string) => ({ 'P-Asserted-Identity': `<sip:${number}@provider.test>` });

/** Said by another branch of a call that the provider has forked: each has a tag of its own. */
const elsewhere = (fields: Readonly<Record<string, string>>) => ({
  To: '<sip:089555000@provider.test>;tag=elsewhere',
  ...fields,
});

/** A provider may send a call on to somebody else, and says so, before it is answered or later. */
describe('who is reached by another number', () => {
  let trunk: TrunkOffice;
  let office: RunningOffice;
  let onCall: (call: SipCall) => void = () => {};

  const accept = (call: SipCall) => {
    call.accept();
    call.audio.say(toneVoice(outsideTone));
  };

  beforeAll(async () => {
    trunk = await TrunkOffice.open({
      trunk: { inbound: { extension: '103' } },
      onCall: (call) => onCall(call),
      settings: { exclusions: { extensions: [], numbers: [doctor] } },
    });
    ({ office } = trunk);
  });
  afterEach(() => trunk.hangUp());
  afterAll(() => trunk.close());

  const talkOut = async () => {
    const member = await office.call('101', '089555000');
    await until('the call to be answered', () => member.state === 'talking');
    const [other] = trunk.outside;
    if (!other) throw new Error('the provider got no call');
    return { member, other };
  };

  const talkIn = async () => {
    const other = await trunk.callIn(identity('+4989555000'));
    return { member: await office.phone('103').answer(), other };
  };

  const moderate = (member: string) => office.moderate('100', `${pins[100]}#${member}#`);

  const refusedToListen = async () => {
    const refused = (await office.recorded('refused')).length;
    const moderator = await moderate('101');
    await until('the refusal', async () => (await office.recorded('refused')).length > refused);
    expect((await office.recorded('refused')).at(-1)).toMatchObject({ reason: 'excluded', member: '101' });
    await untilHears('moderator', moderator, { present: [], absent: [toneOf('101'), outsideTone] });
  };

  it.each<[string, (call: SipCall) => void]>([
    [
      'in its answer',
      (call) => {
        call.say(identity(doctor));
        accept(call);
      },
    ],
    [
      'while it rings',
      (call) => {
        call.say({ 'Remote-Party-ID': `<tel:${doctor}>;party=called` });
        call.ring(180, { audio: false });
        call.say({});
        accept(call);
      },
    ],
    [
      'by the way the call took',
      (call) => {
        call.say({ 'History-Info': `<sip:089555000@p.test>;index=1, <sip:${doctor}@p.test>;index=1.1` });
        accept(call);
      },
    ],
    [
      'only by saying that the call is sent on',
      (call) => {
        call.ring(181, { audio: false });
        accept(call);
      },
    ],
    [
      'of the branch that answers, while another one names somebody else',
      (call) => {
        call.ring(181, { audio: false });
        call.say(elsewhere(identity('+4989555222')));
        call.ring(180, { audio: false });
        call.say({});
        accept(call);
      },
    ],
    [
      'by naming more than are looked at, and then somebody else',
      (call) => {
        const names = Array.from({ length: 9 }, (_, index) => `<sip:+498955533${index}@p.test>`);
        call.say({ 'P-Asserted-Identity': [...names, `<sip:${doctor}@p.test>`].join(', ') });
        call.ring(180, { audio: false });
        call.say(identity('+4989555222'));
        accept(call);
      },
    ],
    [
      'only by saying that the call is sent on, and then that nothing is withheld',
      (call) => {
        call.ring(181, { audio: false });
        call.say({ Privacy: 'none' });
        accept(call);
      },
    ],
    [
      'without a number',
      (call) => {
        call.say({ Privacy: 'id' });
        accept(call);
      },
    ],
  ])('is not listened to, where the provider tells so %s', async (_, answer) => {
    onCall = answer;
    await talkOut();
    await refusedToListen();
  });

  it('is listened to when it is nobody who is excluded', async () => {
    onCall = (call) => {
      call.ring(181, { audio: false });
      call.say(identity('+4989555222'));
      accept(call);
    };
    await talkOut();
    const moderator = await moderate('101');
    await untilHears('moderator', moderator, { present: [toneOf('101'), outsideTone], absent: [] });
    expect((await office.recorded('started')).at(-1)).toMatchObject({ member: '101', other: '+4989555222' });
  });

  describe.each([
    ['called', '101', talkOut],
    ['who calls', '103', talkIn],
  ] as const)('in the middle of a call, %s', (_, extension, talk) => {
    it.each<[string, (call: SipCall) => Promise<unknown>]>([
      ['UPDATE', (call) => call.update()],
      ['re-INVITE', (call) => call.resume()],
    ])('is not listened to any longer once a %s says so', async (_method, change) => {
      onCall = accept;
      const { member, other } = await talk();
      const moderator = await moderate(extension);
      await untilHears('moderator', moderator, { present: [toneOf(extension), outsideTone], absent: [] });
      const ended = (await office.recorded('ended')).length;
      other.say(identity(doctor));
      await change(other);
      await until('the end of listening', async () => (await office.recorded('ended')).length > ended);
      expect((await office.recorded('ended')).at(-1)).toMatchObject({ reason: 'excluded', member: extension });
      await untilHears('moderator', moderator, { present: [], absent: [toneOf(extension), outsideTone] });
      await untilHears('member', member, { present: [outsideTone], absent: [] });
      expect(other.state).toBe('talking');
    });

    it('is known by another From, and by one that says nothing', async () => {
      onCall = accept;
      for (const From of [`<sip:${doctor}@provider.test>`, '"Anonymous" <sip:anonymous@anonymous.invalid>']) {
        const { other } = await talk();
        const moderator = await moderate(extension);
        await untilHears('moderator', moderator, { present: [toneOf(extension), outsideTone], absent: [] });
        const ended = (await office.recorded('ended')).length;
        other.say({ From });
        await other.update();
        await until('the end of listening', async () => (await office.recorded('ended')).length > ended);
        expect((await office.recorded('ended')).at(-1)).toMatchObject({ reason: 'excluded' });
        await trunk.hangUp();
      }
    });

    it('is listened to on when the provider says again what it has said', async () => {
      onCall = (call) => {
        call.say(identity('+4989555000'));
        accept(call);
      };
      const { other } = await talk();
      const moderator = await moderate(extension);
      await untilHears('moderator', moderator, { present: [toneOf(extension), outsideTone], absent: [] });
      other.say(identity('+4989555000'));
      await other.update();
      await other.resume();
      await untilHears('moderator', moderator, { present: [toneOf(extension), outsideTone], absent: [] });
    });
  });

  it('tells nothing of an extension, which is known by its account', async () => {
    const { callee } = await office.talk('101', '102');
    const moderator = await moderate('101');
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    callee.say(identity(doctor));
    await callee.update();
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
  });
});
