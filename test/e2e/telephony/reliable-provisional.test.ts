import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordOf } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { sipp, sippAt } from '../../support/sipp.js';
import { until } from '../../support/waiting.js';

const provider = { address: '127.0.0.2', port: 15_262 };

describe('reliable provisional answers (RFC 3262)', () => {
  let office: RunningOffice;

  beforeAll(async () => {
    const { address: host, port } = provider;
    const trunk = { id: 'pbx', name: 'PBX', kind: 'address', host, port, prefix: '0', addresses: [host] };
    office = await RunningOffice.open({ trunks: [{ ...trunk, inbound: { extension: '101' } }] }, undefined, {});
  });
  afterAll(() => office.close());

  it.each(['udp', 'tcp'] as const)('are sent to a phone that demands them, over %s', async (protocol) => {
    const calling = sipp('reliable-call', office.appliance.address(protocol), 1, {
      username: '103',
      password: passwordOf('103'),
    });
    await until('101 to ring', () => office.phone('101').incoming.some(({ state }) => state === 'ringing'));
    // An answer may overtake the acknowledgement of the ringing, which is not what is looked at.
    await pause(1000);
    const call = await office.phone('101').answer();
    await calling;
    await until('the call to be over', () => call.state === 'ended');
  });

  it('are acknowledged to a provider that sends them, and the call goes on', async () => {
    const answering = sippAt('reliable-provider', provider);
    const caller = await office.call('102', '030123');
    await until('the provider to have answered', () => caller.state === 'talking');
    caller.hangUp();
    await answering;
    expect(caller.state).toBe('ended');
  });
});
