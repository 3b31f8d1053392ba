import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { officeSettings, passwordOf, pins, toneOf } from '../../support/office.js';
import { BaresipPhone } from '../../support/phones/baresip-phone.js';
import { untilPhoneHears } from '../../support/phones/hearing.js';
import { OwnPhone } from '../../support/phones/own-phone.js';
import type { Phone, PhoneAccount } from '../../support/phones/phone.js';
import { PjsipExchange } from '../../support/phones/pjsip-phone.js';

const moderatorTone = toneOf('100');
const memberTone = toneOf('101');
const otherTone = toneOf('102');

type Make = 'own' | 'baresip' | 'pjsip';

/** Three SIP stacks, and three sets of codecs and jitter buffers, that have nothing in common: each in each role. */
describe.each<[member: Make, other: Make, moderator: Make]>([
  ['own', 'baresip', 'pjsip'],
  ['baresip', 'pjsip', 'own'],
  ['pjsip', 'own', 'baresip'],
])('a member on %s, the other party on %s, the moderator on %s', (memberMake, otherMake, moderatorMake) => {
  let appliance: Appliance;
  let exchange: PjsipExchange;
  let member: Phone;
  let other: Phone;
  let moderator: Phone;

  const make = (kind: Make, number: string): Promise<Phone> => {
    const account: PhoneAccount = {
      server: appliance.address(),
      number,
      password: passwordOf(number),
      tone: toneOf(number),
    };
    if (kind === 'own') return OwnPhone.register(account, 'PCMU');
    return kind === 'baresip' ? BaresipPhone.register(account, 'G722') : exchange.register(account, 'PCMA');
  };

  beforeAll(async () => {
    // baresip 1.0 gives up when it is offered any digest but MD5.
    appliance = await Appliance.start(await officeSettings({ sip: { address: '127.0.0.1', digest: ['MD5'] } }));
    exchange = await PjsipExchange.open(['PCMA', 'PCMU', 'G722']);
    member = await make(memberMake, '101');
    other = await make(otherMake, '102');
    moderator = await make(moderatorMake, '100');
  });
  afterEach(async () => {
    for (const phone of [member, other, moderator]) await phone?.hangUp();
  });
  afterAll(async () => {
    for (const phone of [member, other, moderator]) await phone?.close();
    await exchange?.close();
    await appliance?.remove();
  });

  const talk = async () => {
    await member.call(other.number);
    await other.answer();
    await Promise.all([member.untilTalking(), other.untilTalking()]);
  };
  const listen = async () => {
    await moderator.call('*55');
    await moderator.untilTalking();
    await moderator.pressKeys(`${pins[100]}#101#`);
  };
  const untilListening = () =>
    untilPhoneHears('moderator', moderator, { present: [memberTone, otherTone], absent: [moderatorTone] });

  it('hear each other, and the moderator in each mode as far as they should', async () => {
    await talk();
    await untilPhoneHears('member', member, { present: [otherTone], absent: [memberTone, moderatorTone] });
    await untilPhoneHears('other', other, { present: [memberTone], absent: [otherTone, moderatorTone] });
    await listen();
    await untilListening();
    await untilPhoneHears('member', member, { present: [otherTone], absent: [memberTone, moderatorTone] });
    await untilPhoneHears('other', other, { present: [memberTone], absent: [otherTone, moderatorTone] });
    await moderator.pressKeys('5');
    await untilPhoneHears('member', member, { present: [otherTone, moderatorTone], absent: [memberTone] });
    await untilPhoneHears('other', other, { present: [memberTone], absent: [otherTone, moderatorTone] });
    await moderator.pressKeys('6');
    await untilPhoneHears('other', other, { present: [memberTone, moderatorTone], absent: [otherTone] });
    await untilListening();
    await moderator.hangUp();
    await untilPhoneHears('member', member, { present: [otherTone], absent: [memberTone, moderatorTone] });
    await untilPhoneHears('other', other, { present: [memberTone], absent: [otherTone, moderatorTone] });
    await member.hangUp();
    await other.untilEnded();
  });

  it('hold and resume while someone listens', async () => {
    await talk();
    await listen();
    await untilListening();
    await other.hold();
    await untilPhoneHears('moderator', moderator, { present: [memberTone], absent: [otherTone] });
    await other.resume();
    await untilListening();
    await other.hangUp();
    await member.untilEnded();
  });
});
