import { afterAll, beforeAll, describe, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { OfficePhone, officeSettings, passwordOf, pins, talk, toneOf, untilHears } from '../../support/office.js';
import { BaresipPhone } from '../../support/phones/baresip-phone.js';
import { untilHearsOnSides } from '../../support/phones/hearing.js';
import type { SipCall } from '../../support/sip/call.js';

const [moderatorTone, memberTone, otherTone] = [toneOf('100'), toneOf('101'), toneOf('102')];

const onSides = {
  left: { present: [memberTone], absent: [otherTone, moderatorTone] },
  right: { present: [otherTone], absent: [memberTone, moderatorTone] },
};

describe('a moderator with Opus in two channels', () => {
  let appliance: Appliance;
  let moderator: BaresipPhone;
  let member: OfficePhone;
  let other: OfficePhone;
  let calls: { readonly caller: SipCall; readonly callee: SipCall };

  beforeAll(async () => {
    // baresip 1.0 gives up when it is offered any digest but MD5.
    const plain = (await officeSettings({ sip: { address: '127.0.0.1', digest: ['MD5'] } })) as { profiles: object[] };
    appliance = await Appliance.start({
      ...plain,
      profiles: plain.profiles.map((profile) => ({ ...profile, stereo: true })),
    });
    const server = appliance.address();
    const account = { server, number: '100', password: passwordOf('100'), tone: moderatorTone };
    moderator = await BaresipPhone.register(account, 'opus');
    member = await OfficePhone.register(appliance, '101');
    other = await OfficePhone.register(appliance, '102');
    calls = await talk(member, other);
    await moderator.call('*55');
    await moderator.untilTalking();
    await moderator.pressKeys(`${pins[100]}#101#`);
  });
  afterAll(async () => {
    await moderator?.close();
    for (const phone of [member, other]) phone?.close();
    await appliance?.remove();
  });

  it('hears the member on the left and the other on the right', () => untilHearsOnSides(moderator, onSides));

  it('goes on so while he whispers, of which the member hears and the other does not', async () => {
    await moderator.pressKeys('5');
    await untilHears('the member', calls.caller, { present: [otherTone, moderatorTone], absent: [memberTone] });
    await untilHears('the other', calls.callee, { present: [memberTone], absent: [otherTone, moderatorTone] });
    await untilHearsOnSides(moderator, onSides);
  });

  it('hears the other on both sides once he has taken over', async () => {
    await moderator.pressKeys('8');
    const only = { present: [otherTone], absent: [memberTone, moderatorTone] };
    await untilHearsOnSides(moderator, { left: only, right: only });
  });
});
