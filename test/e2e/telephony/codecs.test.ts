import { afterAll, beforeAll, describe, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { officeSettings, passwordOf, pins, toneOf } from '../../support/office.js';
import { BaresipPhone } from '../../support/phones/baresip-phone.js';
import { untilPhoneHears } from '../../support/phones/hearing.js';
import type { Phone, PhoneAccount } from '../../support/phones/phone.js';
import { PjsipExchange } from '../../support/phones/pjsip-phone.js';

const codecs = ['PCMU', 'PCMA', 'G722', 'opus'] as const;
type Codec = (typeof codecs)[number];

/** Who is called with each codec. */
const calledNumbers: Record<Codec, string> = { PCMU: '102', PCMA: '103', G722: '104', opus: '109' };

/**
 * All pairs of codecs of the parties; the moderator's is chosen so that each meets each codec of either party
 * (garbled or sped-up audio, G.722 against G.711: freeswitch #1650, #1301, #2089).
 */
const cases = codecs.flatMap((member, row) =>
  codecs.map((other, column) => ({ member, other, moderator: codecs[(row + column) % codecs.length] ?? member })),
);

describe('codecs', () => {
  let appliance: Appliance;
  let exchange: PjsipExchange;
  const phones: Phone[] = [];
  const members = new Map<Codec, Phone>();
  const others = new Map<Codec, Phone>();
  const moderators = new Map<Codec, Phone>();

  const account = (number: string): PhoneAccount => ({
    server: appliance.address(),
    number,
    password: passwordOf(number),
    tone: toneOf(number),
  });
  const keep = (kept: Map<Codec, Phone>, codec: Codec, phone: Phone) => {
    kept.set(codec, phone);
    phones.push(phone);
  };
  const chosen = (kept: Map<Codec, Phone>, codec: Codec): Phone => {
    const phone = kept.get(codec);
    if (!phone) throw new Error(`there is no phone for ${codec}`);
    return phone;
  };

  beforeAll(async () => {
    // baresip 1.0 gives up when it is offered any digest but MD5.
    appliance = await Appliance.start(await officeSettings({ sip: { address: '127.0.0.1', digest: ['MD5'] } }));
    exchange = await PjsipExchange.open(codecs);
    for (const codec of codecs) {
      keep(members, codec, await exchange.register(account('101'), codec));
      keep(moderators, codec, await exchange.register(account('100'), codec));
      keep(others, codec, await BaresipPhone.register(account(calledNumbers[codec]), codec));
    }
  });
  afterAll(async () => {
    for (const phone of phones) await phone.close();
    await exchange?.close();
    await appliance?.remove();
  });

  it.each(cases)('a member with $member, the other with $other, a moderator with $moderator', async (used) => {
    const [member, other, moderator] = [
      chosen(members, used.member),
      chosen(others, used.other),
      chosen(moderators, used.moderator),
    ];
    const otherTone = toneOf(other.number);
    await member.call(other.number);
    await other.answer();
    await Promise.all([member.untilTalking(), other.untilTalking()]);
    await moderator.call('*55');
    await moderator.untilTalking();
    await moderator.pressKeys(`${pins[100]}#101#`);
    await untilPhoneHears('moderator', moderator, { present: [toneOf('101'), otherTone], absent: [toneOf('100')] });
    await untilPhoneHears('member', member, { present: [otherTone], absent: [toneOf('101'), toneOf('100')] });
    await untilPhoneHears('other', other, { present: [toneOf('101')], absent: [otherTone, toneOf('100')] });
    await moderator.pressKeys('6');
    await untilPhoneHears('member', member, { present: [otherTone, toneOf('100')], absent: [toneOf('101')] });
    await untilPhoneHears('other', other, { present: [toneOf('101'), toneOf('100')], absent: [otherTone] });
    await moderator.hangUp();
    await member.hangUp();
    await other.untilEnded();
  });
});
