import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { steadyLevel, totalLevel } from '../../support/audio/tones.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { absentVoice, silentVoice, toneDbfs, toneVoice } from '../../support/rtp/voice.js';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

const moderatorTone = toneOf('100');
const memberTone = toneOf('101');
const otherTone = toneOf('102');
const windowMs = 400;
const stepDb = 3;
/** Less than levelling changes in a window. */
const stillDb = 0.3;

describe('keys of a moderator who listens', () => {
  let office: RunningOffice;

  beforeAll(async () => {
    office = await RunningOffice.open();
  });
  afterEach(() => office.hangUp());
  afterAll(() => office.close());

  const untilSpeech = (call: SipCall) =>
    until('speech', () => totalLevel(call.audio.heard(windowMs)) > speechDbfs && call.audio.received.length > 0);
  const speechDbfs = -45;

  it('1 and 3 change how loud the moderator hears the call, and nothing for the parties', async () => {
    const { member, other, moderator } = await office.listening();
    const level = () => steadyLevel(moderator.audio.heard(windowMs), memberTone);
    const untilLevel = (dbfs: number) =>
      until(
        () => `the member at ${dbfs} dBFS, found ${level()}`,
        () => Math.abs(level() - dbfs) < 1,
      );
    const nominal = await untilLevelled(level);
    await moderator.pressKeys('11', 'rfc4733');
    await untilLevel(nominal - 2 * stepDb);
    await moderator.pressKeys('3', 'rfc4733');
    await untilLevel(nominal - stepDb);
    for (const [name, call, heard] of [
      ['member', member, otherTone],
      ['other', other, memberTone],
    ] as const) {
      await untilHears(name, call, { present: [heard], absent: [moderatorTone] });
      expect(steadyLevel(call.audio.heard(windowMs), heard)).toBeCloseTo(toneDbfs, 0);
    }
  });

  /** The level at which the party is heard once it has been brought to that of all others, which takes some seconds. */
  const untilLevelled = async (level: () => number): Promise<number> => {
    const seen = [level()];
    await until('the member to be brought to the nominal level', async () => {
      await sleep(windowMs);
      seen.push(level());
      const [before = 0, now = 0] = seen.slice(-2);
      return now > speechDbfs && Math.abs(now - before) < stillDb;
    });
    return level();
  };

  it('9 says who is being listened to, to the moderator alone', async () => {
    const { member, other, moderator } = await office.listening();
    for (const call of [member, other]) call.audio.say(silentVoice);
    await until('silence', () => totalLevel(moderator.audio.heard(windowMs)) < speechDbfs);
    const before = performance.now();
    await moderator.pressKeys('9', 'rfc4733');
    await untilSpeech(moderator);
    await until('its end', () => totalLevel(moderator.audio.heard(2 * windowMs)) < speechDbfs);
    const sinceThen = performance.now() - before;
    for (const call of [member, other]) expect(totalLevel(call.audio.heard(sinceThen))).toBeLessThan(speechDbfs);
  });

  // asterisk #1966, adhearsion #157: a whisper was unheard while no audio came from the one it was meant for.
  it.each([
    ['sends silence', silentVoice],
    ['sends nothing', absentVoice],
  ])('5 whispers to a member whose phone %s', async (_what, voice) => {
    const { member, other, moderator } = await office.listening();
    member.audio.say(voice);
    await moderator.pressKeys('5', 'rfc4733');
    await untilHears('member', member, { present: [otherTone, moderatorTone], absent: [memberTone] });
    await untilHears('other', other, { present: [], absent: [moderatorTone, memberTone] });
    await untilHears('moderator', moderator, { present: [otherTone], absent: [memberTone, moderatorTone] });
    member.audio.say(toneVoice(memberTone));
    await untilHears('moderator', moderator, { present: [otherTone, memberTone], absent: [moderatorTone] });
  });

  it.each([
    ['whispering', '5'],
    ['barging in', '6'],
  ])('hanging up while %s leaves the call as it was', async (_what, key) => {
    const { member, other, moderator } = await office.listening();
    await moderator.pressKeys(key, 'rfc4733');
    await untilHears('member', member, { present: [otherTone, moderatorTone], absent: [memberTone] });
    const ended = (await office.recorded('dialogueEnded')).length;
    moderator.hangUp();
    await until('the record to tell it', async () => (await office.recorded('dialogueEnded')).length > ended);
    await untilHears('member', member, { present: [otherTone], absent: [memberTone, moderatorTone] });
    await untilHears('other', other, { present: [memberTone], absent: [otherTone, moderatorTone] });
    expect([...member.requestsReceived, ...other.requestsReceived]).toEqual([]);
  });

  it.each(['member', 'other'] as const)('asks for another member when the %s hangs up', async (who) => {
    const parties = await office.listening();
    const { moderator } = parties;
    parties[who].hangUp();
    await until('the other side to be released', () => parties.member.end && parties.other.end);
    await untilHears('moderator', moderator, { present: [], absent: [memberTone, otherTone] });
    expect(moderator.state).toBe('talking');
    const next = await office.talk('103', '104');
    await moderator.pressKeys('103#', 'rfc4733');
    await untilHears('moderator', moderator, {
      present: [toneOf('103'), toneOf('104')],
      absent: [memberTone, otherTone],
    });
    await untilHears('103', next.caller, { present: [toneOf('104')], absent: [moderatorTone] });
  });

  it('a PIN is taken while its prompt is still being spoken', async () => {
    await office.talk('101', '102');
    const moderator = await office.call('100', '*55');
    await untilSpeech(moderator);
    await moderator.pressKeys(`${pins[100]}#`, 'rfc4733');
    await moderator.pressKeys('*101#', 'rfc4733');
    await untilHears('moderator', moderator, { present: [memberTone, otherTone], absent: [moderatorTone] });
  });
});
