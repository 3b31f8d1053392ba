import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pins, toneOf, untilHears } from '../../support/office.js';
import type { RunningOffice } from '../../support/running-office.js';
import { outsideTone, TrunkOffice } from '../../support/trunk-office.js';
import { until } from '../../support/waiting.js';

const everybody = { id: 'support', name: 'Support', number: '200', members: ['101', '102', '103'] };
const inTurn = { id: 'turns', name: 'In turn', number: '300', strategy: 'inTurn', members: ['101', '102'] };

describe('calls from outside', () => {
  let trunk: TrunkOffice;
  let office: RunningOffice;

  beforeAll(async () => {
    trunk = await TrunkOffice.open({
      trunk: {
        inbound: { extension: '101' },
        numbers: [
          { number: '+493012311', to: { extension: '103' } },
          { number: '03012312', to: { group: 'turns' } },
        ],
      },
      settings: {
        groups: [
          { id: 'leads', name: 'Leads', members: ['100', '109'] },
          everybody,
          { ...inTurn, memberSeconds: 120, overflow: { number: '104', seconds: 180 } },
        ],
      },
      onCall: (call) => call.accept(),
    });
    ({ office } = trunk);
  });
  afterEach(() => trunk.hangUp());
  afterAll(() => trunk.close());

  const rings = (number: string) =>
    until(`${number} to ring`, () => office.phone(number).incoming.findLast(({ state }) => state === 'ringing'));
  const silent = (number: string) => expect(office.phone(number).incoming).toEqual([]);

  it('ring at whoever has the number that was called, in whichever form the provider writes it', async () => {
    const calling = trunk.callIn({ To: '<sip:004930123-11@provider.test>' });
    const callee = await office.phone('103').answer();
    const caller = await calling;
    await untilHears('caller', caller, { present: [toneOf('103')], absent: [toneOf('101')] });
    await untilHears('callee', callee, { present: [outsideTone], absent: [] });
    silent('101');
  });

  it('ring in a group one after the other, and then where it passes them on; they are listened to as any other', async () => {
    const calling = trunk.callIn({ To: '<sip:+493012312@provider.test>' });
    const first = await rings('101');
    silent('102');
    first.refuse(486);
    const second = await rings('102');
    silent('104');
    second.refuse(603);
    const last = await office.phone('104').answer();
    const caller = await calling;
    await untilHears('caller', caller, { present: [toneOf('104')], absent: [toneOf('101'), toneOf('102')] });
    await untilHears('last', last, { present: [outsideTone], absent: [toneOf('101')] });
    caller.hangUp();
    const member = trunk.callIn({ To: '<sip:+493012312@provider.test>' });
    await office.phone('101').answer();
    await untilHears('member', await member, { present: [toneOf('101')], absent: [] });
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), outsideTone], absent: [toneOf('104')] });
  });

  it('ring as ever for any other number', async () => {
    const calling = trunk.callIn({ To: '<sip:+493012399@provider.test>' });
    await office.phone('101').answer();
    await untilHears('caller', await calling, { present: [toneOf('101')], absent: [] });
    silent('103');
  });
});
