import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BoxAdmin } from '../../support/box-admin.js';
import { toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';

const port = 18_455;
const exitForRestart = 75;

describe('a restart that an admin orders', () => {
  let office: RunningOffice;
  let admin: BoxAdmin;
  let provider: UserAgent;

  beforeAll(async () => {
    const server = { protocol: 'udp', address: '127.0.0.1', port: 5060 } as const;
    provider = await UserAgent.open({ server, credentials: { username: 'provider', password: 'nothing' } });
    provider.onCall = (call) => call.accept();
    const trunk = {
      id: 'provider',
      name: 'Provider',
      kind: 'address',
      host: '127.0.0.1',
      port: provider.local.port,
      addresses: ['127.0.0.9'],
      prefix: '0',
      inbound: { extension: '101' },
    };
    ({ office, admin } = await officeWithAdmin(port, { trunks: [trunk] }));
  });
  afterEach(async () => {
    await office.restart();
    await admin.signIn(office.appliance);
  });
  afterAll(async () => {
    admin.close();
    await office.close();
    provider.close();
  });

  const order = (when: string) => admin.ask('POST', '/api/box/restart', { when });
  const untilEnded = () =>
    until(
      () => `the box to end:\n${office.appliance.logTail()}`,
      () => office.appliance.exitCode !== null,
    );

  it('waits for the last call, takes new ones until then, and ends the process with a code of its own', async () => {
    const { caller, callee } = await office.talk('101', '102');
    expect(await order('idle')).toMatchObject({ status: 200, body: { when: 'idle', waitsFor: 1 } });
    const second = await office.talk('103', '104');
    caller.hangUp();
    await until('the end of the first call', () => callee.state === 'ended');
    await untilHears('the second caller', second.caller, { present: [toneOf('104')], absent: [] });
    expect(office.appliance.exitCode).toBeNull();
    second.caller.hangUp();
    await untilEnded();
    expect(office.appliance.exitCode).toBe(exitForRestart);
    expect((await office.recorded('restartOrdered')).at(-1)).toMatchObject({ by: 'ada', byKind: 'user', when: 'idle' });
  });

  it('waits for a call to the emergency services even if it is to be now', async () => {
    const caller = await office.call('101', '112');
    await until('the emergency services to answer', () => caller.state === 'talking');
    const other = await office.talk('103', '104');
    expect(await order('now')).toMatchObject({ status: 200, body: { when: 'now', waitsFor: 1 } });
    other.caller.hangUp();
    await until('the end of the other call', () => other.callee.state === 'ended');
    expect([caller.state, office.appliance.exitCode]).toEqual(['talking', null]);
    caller.hangUp();
    await untilEnded();
  });

  it('waits for none if it is to be now', async () => {
    await office.talk('101', '102');
    expect(await order('now')).toMatchObject({ status: 200, body: { when: 'now', waitsFor: 0 } });
    await untilEnded();
    expect(office.appliance.exitCode).toBe(exitForRestart);
  });
});
