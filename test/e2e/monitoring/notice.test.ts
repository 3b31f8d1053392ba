import { afterEach, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { toneLevel, totalLevel } from '../../support/audio/tones.js';
import { moderate, OfficePhone, officeSettings, pins, talk, tones } from '../../support/office.js';
import { silentVoice, toneVoice } from '../../support/rtp/voice.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

const noticeHz = 1400;
const windowMs = 200;

const hearsTone = (call: SipCall): boolean => toneLevel(call.audio.heard(windowMs), noticeHz) > -30;
const hearsAnything = (call: SipCall): boolean => totalLevel(call.audio.heard(windowMs)) > -45;

describe('notice', () => {
  let appliance: Appliance;
  let phones: OfficePhone[] = [];

  const listenWith = async (member: object, other: object) => {
    const settings = (await officeSettings()) as { profiles: object[] };
    const profiles = settings.profiles.map((profile) => ({ ...profile, notice: { member, other } }));
    appliance = await Appliance.start({ ...settings, profiles });
    phones = [];
    for (const number of ['100', '101', '102']) phones.push(await OfficePhone.register(appliance, number));
    const [moderatorPhone, memberPhone, otherPhone] = phones as [OfficePhone, OfficePhone, OfficePhone];
    const { caller, callee } = await talk(memberPhone, otherPhone);
    for (const call of [caller, callee]) call.audio.say(silentVoice);
    await until('silence', () => !hearsAnything(caller) && !hearsAnything(callee));
    const moderator = await moderate(moderatorPhone, `${pins[100]}#101#`);
    return { member: caller, other: callee, moderator };
  };

  /** Rounds of the notice that a party hears, told apart by the silence between them. */
  const untilRounds = async (call: SipCall, others: readonly SipCall[], rounds: number) => {
    for (let round = 1; round <= rounds; round += 1) {
      await until(`notice ${round}`, () => hearsTone(call));
      for (const each of others) expect(hearsTone(each)).toBe(false);
      await until(`the end of notice ${round}`, () => !hearsTone(call));
    }
  };

  afterEach(async () => {
    for (const phone of phones) phone.close();
    await appliance.remove();
  });

  it('is a tone every few seconds to the member alone, and goes on whatever the moderator keys', async () => {
    const { member, other, moderator } = await listenWith({ kind: 'toneEvery', seconds: 5 }, { kind: 'none' });
    await untilRounds(member, [other], 1);
    await moderator.pressKeys('4719', 'rfc4733');
    await untilRounds(member, [other], 2);
  });

  it('is given once, however many moderators join', async () => {
    const { member, other } = await listenWith({ kind: 'toneAtStart' }, { kind: 'none' });
    await untilRounds(member, [other], 1);
    const secondPhone = await OfficePhone.register(appliance, '109');
    phones.push(secondPhone);
    const second = await moderate(secondPhone, `${pins[109]}#101#`);
    other.audio.say(toneVoice(tones[102] ?? 0));
    await until('the second moderator to listen', () => toneLevel(second.audio.heard(windowMs), tones[102] ?? 0) > -30);
    expect(toneLevel(member.audio.heard(3 * windowMs), noticeHz)).toBeLessThan(-40);
  });

  it('is an announcement to the other party alone', async () => {
    const { member, other } = await listenWith({ kind: 'none' }, { kind: 'announcement' });
    await until('the announcement', () => hearsAnything(other));
    expect(hearsAnything(member)).toBe(false);
    await until('its end', () => !hearsAnything(other));
  });

  describe('to a party that does not hear it', () => {
    const otherHz = tones[102] ?? 0;
    const hearsOther = (call: SipCall): boolean => toneLevel(call.audio.heard(windowMs), otherHz) > -40;
    const toldTo = async () => (await appliance.audit()).filter(({ fact }) => fact.type === 'told').length;

    /** How long the party has heard something since the moment, from the first sound to the last. */
    const soundedFor = (call: SipCall, since: number): number => {
      const { sampleRate, samples } = call.audio.heard(performance.now() - since);
      const frame = sampleRate / 50;
      const levels = Array.from({ length: Math.floor(samples.length / frame) }, (_, index) =>
        totalLevel({ sampleRate, samples: samples.subarray(index * frame, (index + 1) * frame) }),
      );
      const isSound = (level: number) => level > -45;
      return 20 * (levels.findLastIndex(isSound) - levels.findIndex(isSound) + 1);
    };
    /** The announcement takes 1.6 s, and begins and ends softly. */
    const wholeMs = 1300;
    /** What the record tells may be here before the last packets are. */
    const untilHeardInFull = (call: SipCall, since: number) =>
      until(
        () => `${wholeMs} ms of the announcement, of which ${soundedFor(call, since)} ms came`,
        () => soundedFor(call, since) > wholeMs,
      );

    /** Nothing of the other party was in the moderator's ear since this moment. */
    const expectUnheard = (moderator: SipCall, since: number) =>
      expect(toneLevel(moderator.audio.heard(performance.now() - since), otherHz)).toBeLessThan(-60);

    it.each(['sendonly', 'inactive'] as const)(
      'is repeated from the start after %s, and nobody listens to it before',
      async (direction) => {
        const began = performance.now();
        const { other, moderator } = await listenWith({ kind: 'none' }, { kind: 'announcement' });
        await until('the announcement', () => hearsAnything(other));
        await other.hold(direction);
        const held = performance.now();
        await until('the announcement to be over, had nobody held', () => performance.now() > held + 4000);
        expect(await toldTo()).toBe(0);
        other.audio.say(toneVoice(otherHz));
        const resumed = performance.now();
        await other.resume();
        await until('the announcement', () => hearsAnything(other));
        expectUnheard(moderator, began);
        await until('the record to tell of it', async () => (await toldTo()) === 1);
        await untilHeardInFull(other, resumed);
        await until('the moderator to listen', () => hearsOther(moderator));
      },
    );

    it('counts once it is heard in full, also where another codec is agreed on meanwhile', async () => {
      const began = performance.now();
      const { other, moderator } = await listenWith({ kind: 'none' }, { kind: 'announcement' });
      other.audio.say(toneVoice(otherHz));
      await until('the announcement', () => hearsAnything(other));
      await other.renegotiate(['PCMU']);
      expectUnheard(moderator, began);
      await until('the record to tell of it', async () => (await toldTo()) === 1);
      await untilHeardInFull(other, began);
      await until('the moderator to listen', () => hearsOther(moderator));
    });

    it('is not lost on who waits on hold while it comes', async () => {
      const { member, other, moderator } = await listenWith({ kind: 'none' }, { kind: 'announcement' });
      await until('the announcement', () => hearsAnything(other));
      await member.hold();
      await until('the record to tell of it', async () => (await toldTo()) === 1);
      await member.resume();
      other.audio.say(toneVoice(otherHz));
      await until('the moderator to listen', () => hearsOther(moderator));
    });
  });
});
