import { setTimeout as pause } from 'node:timers/promises';
import { pins } from '../support/office.js';
import { toneVoice } from '../support/rtp/voice.js';
import type { SipCall } from '../support/sip/call.js';
import { until } from '../support/waiting.js';
import type { Chance } from './chance.js';
import type { SoakPhone } from './soak-phone.js';

/** How a call of the soak went, as it was meant to go. */
export type Fate = 'givenUp' | 'declined' | 'talked' | 'held' | 'transferred' | 'monitored';

const longestTalkMs = 15_000;
const modes = ['4', '5', '6'] as const;

/** Who takes part in one call: two phones that talk, one to which it may be transferred, and a moderator if one is free. */
export interface Cast {
  readonly caller: SoakPhone;
  readonly callee: SoakPhone;
  readonly third: SoakPhone;
  readonly moderator: SoakPhone | undefined;
}

/** Makes one call that ends at a random moment in a random way; everything that has begun has ended afterwards. */
export async function randomCall(cast: Cast, chance: Chance): Promise<Fate> {
  const { caller, callee, third } = cast;
  const call = await caller.agent.call(callee.number);
  call.audio.say(toneVoice(caller.tone));
  try {
    return await live(call, cast, chance);
  } finally {
    call.hangUp();
    for (const phone of [callee, third]) for (const each of phone.incoming) each.hangUp();
    for (const phone of [callee, third]) await until(`${phone.number} to be free`, () => isFree(phone));
    await until(`the call of ${caller.number} to end`, () => call.state === 'ended');
  }
}

function isFree(phone: SoakPhone): boolean {
  phone.tidy();
  return phone.incoming.length === 0;
}

async function live(call: SipCall, cast: Cast, chance: Chance): Promise<Fate> {
  const { callee } = cast;
  if (chance.happens(0.1)) {
    await pause(chance.below(1500));
    return 'givenUp';
  }
  const ringing = await until(`a call at ${callee.number}`, () =>
    callee.incoming.find(({ state }) => state === 'ringing'),
  );
  if (chance.happens(0.05)) {
    ringing.refuse(486);
    return 'declined';
  }
  const answered = await callee.answer();
  await until(`${callee.number} and the caller to talk`, () => call.state === 'talking');
  return talk(call, answered, cast, chance);
}

async function talk(call: SipCall, answered: SipCall, cast: Cast, chance: Chance): Promise<Fate> {
  if (cast.moderator && chance.happens(0.4)) return monitored(cast.moderator, cast.callee.number, chance);
  await pause(chance.below(longestTalkMs));
  if (chance.happens(0.2)) {
    const side = chance.happens(0.5) ? call : answered;
    await side.hold();
    await pause(chance.below(3000));
    await side.resume();
    await pause(chance.below(3000));
    return 'held';
  }
  if (chance.happens(0.15)) return transferred(answered, cast.third, chance);
  (chance.happens(0.5) ? call : answered).hangUp();
  return 'talked';
}

/** The callee passes the call on; whoever it goes to answers. */
async function transferred(answered: SipCall, third: SoakPhone, chance: Chance): Promise<Fate> {
  const status = await answered.refer(`<${third.agent.uriOf(third.number)}>`);
  if (status !== 202) throw new Error(`the transfer to ${third.number} was answered ${status}`);
  await third.answer();
  await pause(chance.below(5000));
  return 'transferred';
}

/** A moderator listens to the member, changes the mode some times, and hangs up in the midst of it. */
async function monitored(moderator: SoakPhone, member: string, chance: Chance): Promise<Fate> {
  const monitor = await moderator.agent.call('*55');
  try {
    await until('the service number to answer', () => monitor.state === 'talking');
    await monitor.pressKeys(`${pins[moderator.number === '109' ? 109 : 100]}#${member}#`, 'rfc4733');
    for (let changes = chance.below(4); changes > 0; changes -= 1) {
      await pause(chance.below(4000));
      await monitor.pressKeys(modes[Math.floor(chance.below(modes.length))] ?? '4', 'rfc4733');
    }
    await pause(chance.below(4000));
    return 'monitored';
  } finally {
    monitor.hangUp();
    await until('the monitor to end', () => monitor.state === 'ended');
  }
}
