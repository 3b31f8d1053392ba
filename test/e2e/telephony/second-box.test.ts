import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { OfficePhone, officeSettings, passwordOf, toneOf, untilHears } from '../../support/office.js';
import { until } from '../../support/waiting.js';

describe('a trunk that registers at a second box as an extension of it', () => {
  let first: Appliance;
  let second: Appliance;
  let caller: OfficePhone;
  let callee: OfficePhone;

  const trunk = (id: string, prefix: string, identity: string) => ({
    ...{ id, name: id, kind: 'registering', prefix, identity, inbound: { extension: '101' } },
    ...{ host: second.address().address, port: second.address().port, username: '104', password: passwordOf('104') },
  });

  beforeAll(async () => {
    second = await Appliance.start(await officeSettings());
    const trunks = [trunk('of-old', '9', 'from'), trunk('second', '0', 'asserted')];
    first = await Appliance.start(await officeSettings({ trunks }));
    caller = await OfficePhone.register(first, '101');
    callee = await OfficePhone.register(second, '102');
    await until('both trunks to be up', async () => {
      const { entries } = JSON.parse((await first.command('lines', 'list', '--json')).said);
      return entries.length === 2 && entries.every(({ isUp }: { readonly isUp: boolean }) => isUp);
    });
  });
  afterAll(async () => {
    caller.close();
    callee.close();
    for (const box of [first, second]) {
      expect(await box.stop()).toBe(0);
      await box.remove();
    }
  });

  it.each([
    ['shown', {}],
    ['withheld', { Privacy: 'id' }],
  ])('is called out over with a number that is %s, as the extension that it is there', async (_number, headers) => {
    const call = await caller.agent.call('0102', { headers });
    const ringing = await callee.answer();
    expect(ringing.party).toMatchObject({ user: '104', displayName: 'Person 104' });
    await until('the call to be answered', () => call.state === 'talking');
    await untilHears('caller', call, { present: [toneOf('102')], absent: [] });
    call.hangUp();
    await until('the call to end there, too', () => ringing.end);
  });

  it('is refused as somebody else where From has the number of who calls', async () => {
    const call = await caller.call('9102');
    expect(await until('the call to be refused', () => call.end)).toMatchObject({ by: 'them' });
    expect(callee.incoming.filter(({ state }) => state !== 'ended')).toEqual([]);
  });
});
