import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { officeSettings, passwordOf } from '../../support/office.js';
import type { SipCall } from '../../support/sip/call.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';

const here = '127.0.0.1';
const there = '127.0.0.2';
/** The trunk of each box knows the other one by its address, so the phones have another. */
const phones = '127.0.0.3';

/** A box whose trunk (prefix 0) leads to another one; calls from there ring 101, or the group at its number. */
const boxAt = async (own: string, other: string, port: number): Promise<Appliance> =>
  Appliance.start(
    await officeSettings({
      sip: { address: own, port: 5060 },
      trunks: [
        {
          ...{ kind: 'address', id: 'other', name: 'Other', host: other, port, prefix: '0', addresses: [other] },
          inbound: { extension: '101' },
          numbers: [{ number: '+4930555200', to: { group: 'support' } }],
        },
      ],
    }),
  );

describe('two boxes that send calls to each other', () => {
  let first: Appliance;
  let second: Appliance;
  const agents: UserAgent[] = [];

  const phoneAt = async (box: Appliance, address: string, number: string): Promise<UserAgent> => {
    const server = { ...box.address(), address };
    const agent = await UserAgent.open({
      ...{ server, localAddress: phones },
      credentials: { username: number, password: passwordOf(number) },
    });
    agents.push(agent);
    expect((await agent.register()).status).toBe(200);
    return agent;
  };
  const untilEnded = (call: SipCall) => until('the call to end', () => call.end);

  beforeAll(async () => {
    first = await boxAt(here, there, 5060);
    second = await boxAt(there, here, first.address().port);
    const { port } = second.address();
    expect(await first.command('trunks', 'change', 'other', '--port', String(port))).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    for (const agent of agents) agent.close();
    await first.remove();
    await second.remove();
  });

  /** Whoever is left in a call of a box. */
  const runningIn = async (box: Appliance): Promise<readonly unknown[]> =>
    JSON.parse((await box.command('calls', 'list', '--json')).said).entries;

  it.each([
    ['busy phones', '101', '0030101', (call: SipCall) => call.refuse(486), 486, 2],
    [
      'a group whose phones forward by themselves',
      '200',
      '0030555200',
      (call: SipCall, agent: UserAgent) => call.forward(agent.uriOf('0030555200')),
      480,
      6,
    ],
  ])(
    'end one of %s soon, and leave nothing behind; another call goes on',
    async (_what, dialled, to, answer, status, phonesAsked) => {
      const [talker, listener, caller] = [
        await phoneAt(first, here, '100'),
        await phoneAt(first, here, '109'),
        await phoneAt(first, here, '104'),
      ];
      listener.onCall = (call) => call.accept();
      const other = await talker.call('109');
      await until('the other call to be answered', () => other.state === 'talking');
      const members = await Promise.all(
        ['101', '102', '103'].flatMap((number) => [phoneAt(first, here, number), phoneAt(second, there, number)]),
      );
      const asked = new Set<UserAgent>();
      for (const member of members)
        member.onCall = (call) => {
          asked.add(member);
          answer(call, member);
        };
      const orders = await Promise.all(members.map((member) => member.call(`*67*${to}#`)));
      await Promise.all(orders.map(untilEnded));
      const call = await caller.call(dialled);
      expect(await untilEnded(call)).toMatchObject({ status });
      expect(asked.size).toBe(phonesAsked);
      expect([(await runningIn(first)).length, (await runningIn(second)).length]).toEqual([1, 0]);
      expect(other.state).toBe('talking');
      other.hangUp();
      for (const agent of agents.splice(0)) {
        await agent.register(0);
        agent.close();
      }
    },
  );
});
