import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { officeSettings } from '../../support/office.js';
import type { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { parseNameAddress } from '../../support/sip/message.js';
import { credentials, TrunkOffice } from '../../support/trunk-office.js';
import { until } from '../../support/waiting.js';

/** Of the extension 104. */
const own = '4930555104';
/** Of the trunks. */
const main = '4930555100';
const { username: account } = credentials;
const outside = '030777';

/** What the INVITE says of who calls, each as often as it is there. */
function told({ invite: { headers } }: SipCall) {
  const users = (name: string) => headers.all(name).map((value) => parseNameAddress(value).user);
  const { user, host, displayName } = parseNameAddress(headers.get('From') ?? '');
  return {
    from: user === 'anonymous' ? `${displayName} ${user}@${host}` : user,
    preferred: users('P-Preferred-Identity'),
    asserted: users('P-Asserted-Identity'),
    privacy: headers.all('Privacy'),
    diversion: users('Diversion'),
  };
}

const nothing = { preferred: [], asserted: [], privacy: [], diversion: [] };
const nowhere = 'Anonymous anonymous@anonymous.invalid';

describe.each([
  {
    identity: undefined,
    shown: { ...nothing, from: own, asserted: [own] },
    shownByAddress: { ...nothing, from: own, asserted: [own] },
    withheld: { ...nothing, from: 'Anonymous anonymous@127.0.0.1', asserted: [own], privacy: ['id'] },
  },
  {
    identity: 'preferred',
    shown: { ...nothing, from: account, preferred: [own] },
    shownByAddress: { ...nothing, from: main, preferred: [own] },
    withheld: { ...nothing, from: nowhere, preferred: [own], privacy: ['id'] },
  },
  {
    identity: 'asserted',
    shown: { ...nothing, from: account, asserted: [own] },
    shownByAddress: { ...nothing, from: main, asserted: [own] },
    withheld: { ...nothing, from: nowhere, asserted: [own], privacy: ['id'] },
  },
])('a trunk with the identity $identity', ({ identity, shown, shownByAddress, withheld }) => {
  let trunk: TrunkOffice;
  let office: RunningOffice;
  let caller: SipCall | undefined;

  beforeAll(async () => {
    const { extensions } = Object(await officeSettings());
    const common = { inbound: { extension: '101' }, callerId: main, identity };
    trunk = await TrunkOffice.open({
      trunk: { ...common, trusted: true, diversion: 'diversion' },
      further: ({ agent }) => [
        {
          ...{ ...common, id: 'pbx', name: 'PBX', kind: 'address', prefix: '8' },
          ...{ host: agent.local.address, port: agent.local.port, addresses: ['127.0.0.9'] },
        },
      ],
      settings: {
        extensions: extensions.map((each: { readonly number: string }) =>
          each.number === '104' ? { ...each, callerId: own } : each,
        ),
      },
      onCall: (call) => call.ring(180, { audio: false }),
    });
    ({ office } = trunk);
  });
  afterEach(() => hangUp());
  afterAll(() => trunk.close());

  /** 104 calls, with its number or without. */
  const dial = async (number: string, isWithheld = false) => {
    caller = await office.phone('104').agent.call(number, isWithheld ? { headers: { Privacy: 'id' } } : {});
  };
  /** The caller first, or the box would try the next trunk. */
  const hangUp = async () => {
    caller?.hangUp();
    await until('the caller to end', () => caller?.state === 'ended');
    await trunk.hangUp();
  };
  const arriving = async () => told(await trunk.ringsOutside());

  it('is told who calls', async () => {
    await dial(`0${outside}`);
    expect(await arriving()).toEqual(shown);
  });

  it('is told by its address, with its own number for an account, who calls', async () => {
    await dial(`8${outside}`);
    expect(await arriving()).toEqual(shownByAddress);
  });

  it('learns a withheld number if it is trusted, and that it is not to be shown', async () => {
    await dial(`0${outside}`, true);
    expect(await arriving()).toEqual(withheld);
  });

  it('learns no withheld number if it is not trusted', async () => {
    await dial(`8${outside}`, true);
    expect(await arriving()).toEqual({ ...withheld, preferred: [], asserted: [] });
  });

  it('is told the number of who calls the emergency services, withheld or not', async () => {
    await dial('112', true);
    expect(await arriving()).toEqual(shown);
  });

  it.each([
    ['shown', false],
    ['withheld', true],
  ])('is told of a call that a phone forwards (302) with a number that is %s', async (_number, isWithheld) => {
    await dial('102', isWithheld);
    const phone = office.phone('102');
    const ringing = await until('102 to ring', () => phone.incoming.find(({ state }) => state === 'ringing'));
    ringing.forward(phone.agent.uriOf(`0${outside}`));
    expect(await arriving()).toEqual({ ...(isWithheld ? withheld : shown), diversion: [main] });
  });

  it('is told of a call that an extension has had forwarded, with the number shown or withheld', async () => {
    const order = await office.call('103', `*21*0${outside}#`);
    await until('the order to be confirmed', () => order.end);
    await dial('103');
    expect(await arriving()).toEqual({ ...shown, diversion: [main] });
    await hangUp();
    await dial('103', true);
    expect(await arriving()).toEqual({ ...withheld, diversion: [main] });
  });
});
