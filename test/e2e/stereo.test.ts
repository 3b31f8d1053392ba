import { afterAll, beforeAll, describe, it } from 'vitest';
import { Appliance } from '../support/appliance.js';
import { type Hearing, misheard } from '../support/audio/hearing.js';
import { OfficePhone, officeSettings, passwordOf, pins, talk, toneOf, untilHears } from '../support/office.js';
import { BaresipPhone } from '../support/phones/baresip-phone.js';
import type { SipCall } from '../support/sip/call.js';
import { until } from '../support/waiting.js';

const windowMs = 400;
const [moderatorTone, memberTone, otherTone] = [toneOf('100'), toneOf('101'), toneOf('102')];

async function untilHearsOnSides(phone: BaresipPhone, left: Hearing, right: Hearing): Promise<void> {
  let complaint: string | undefined;
  await until(
    () => complaint ?? 'nothing',
    async () => {
      const heard = await phone.heardOnSides(windowMs);
      complaint = misheard('the left ear', heard.left, left) ?? misheard('the right ear', heard.right, right);
      return complaint === undefined;
    },
  );
}

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

  it('hears the member on the left and the other on the right', () =>
    untilHearsOnSides(
      moderator,
      { present: [memberTone], absent: [otherTone, moderatorTone] },
      { present: [otherTone], absent: [memberTone, moderatorTone] },
    ));

  it('goes on so while he whispers, of which the member hears and the other does not', async () => {
    await moderator.pressKeys('5');
    await untilHears('the member', calls.caller, { present: [otherTone, moderatorTone], absent: [memberTone] });
    await untilHears('the other', calls.callee, { present: [memberTone], absent: [otherTone, moderatorTone] });
    await untilHearsOnSides(
      moderator,
      { present: [memberTone], absent: [otherTone, moderatorTone] },
      { present: [otherTone], absent: [memberTone, moderatorTone] },
    );
  });

  it('hears the other on both sides once he has taken over', async () => {
    await moderator.pressKeys('8');
    const only = { present: [otherTone], absent: [memberTone, moderatorTone] };
    await untilHearsOnSides(moderator, only, only);
  });
});
