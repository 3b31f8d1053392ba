import { createSocket } from 'node:dgram';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { officeSettings, passwordOf } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { credentials, trunkTo } from '../../support/trunk-office.js';
import { Upstream } from '../../support/upstream.js';
import { until } from '../../support/waiting.js';

/** A name is asked for until nobody can be meant any more, and a provider for as long as RFC 3261 has it. */
const trunkPatienceMs = 60_000;

/** Where the log says that a call or a registration was refused, at a level that an admin reads. */
const told = ({ log }: Appliance, msg: string) =>
  log.filter((entry) => entry.msg === msg && ['info', 'warn', 'error'].includes(entry.level));
const trunkText = 'a trunk cannot be registered; it is tried again';

describe('a trunk that is not registered is told with reason and remedy', () => {
  it.each<[string, object, RegExp]>([
    ['is refused', { password: 'another secret' }, /user name and password/],
    ['leads to where nobody listens', { port: 9, transport: 'tcp' }, /Nobody answers there/],
    ['has a name that is not known', { host: 'sip.provider.invalid' }, /nameserver/],
  ])('when it %s', async (_why, change, advice) => {
    const upstream = await Upstream.open(credentials);
    const trunk = trunkTo(upstream, { inbound: { extension: '101' }, ...change });
    const appliance = await Appliance.start(await officeSettings({ trunks: [trunk] }));
    const line = await until(
      () => `a line about the trunk:\n${appliance.logTail()}`,
      () => told(appliance, trunkText)[0],
      trunkPatienceMs,
    );
    expect(line).toMatchObject({ level: 'warn', trunk: 'provider', status: expect.any(Number) });
    expect(line.reason).not.toBe('');
    expect(line.advice).toMatch(advice);
    expect(await appliance.stop()).toBe(0);
    await appliance.remove();
    upstream.close();
  });

  it('and so is one that is', async () => {
    const upstream = await Upstream.open(credentials);
    const trunk = trunkTo(upstream, { inbound: { extension: '101' } });
    const appliance = await Appliance.start(await officeSettings({ trunks: [trunk] }));
    const line = await until('a line about the trunk', () => told(appliance, 'a trunk is up')[0]);
    expect(line).toMatchObject({ level: 'info', trunk: 'provider' });
    expect(told(appliance, trunkText)).toEqual([]);
    await appliance.stop();
    await appliance.remove();
    upstream.close();
  });
});

describe('what is refused', () => {
  let office: RunningOffice;

  beforeAll(async () => {
    office = await RunningOffice.open({ sip: { address: '127.0.0.1', port: 5060, digest: ['SHA-256'] } });
  });
  afterEach(() => office.hangUp());
  afterAll(() => office.close());

  it('by a telephone for a reason of its own is told, with its address', async () => {
    const caller = await office.call('101', '102');
    const callee = await until('102 to ring', () => office.phone('102').incoming.at(-1));
    callee.refuse(488);
    await until('the call to end', () => caller.end);
    const line = await until('a line about the call', () => told(office.appliance, 'a call was refused')[0]);
    expect(line).toMatchObject({ level: 'warn', status: 488, answered: true, advice: expect.stringMatching(/codec/) });
    expect(line.to).toContain(office.phone('102').agent.local.address);
  });

  it('by a person is none of the admin’s business', async () => {
    const before = told(office.appliance, 'a call was refused').length;
    const caller = await office.call('101', '103');
    (await until('103 to ring', () => office.phone('103').incoming.at(-1))).refuse(486);
    await until('the call to end', () => caller.end);
    expect(told(office.appliance, 'a call was refused')).toHaveLength(before);
  });

  it('for it never proves a password is told after some tries', async () => {
    const server = office.appliance.address();
    const known = { username: '104', password: passwordOf('104') };
    // Offered is only what it does not know, and it begins anew each time, as such phones do.
    const deaf = await UserAgent.open({ server, credentials: known, algorithm: 'MD5' });
    for (let attempt = 0; attempt < 5; attempt++) expect((await deaf.register()).status).toBe(401);
    const line = await until('a line about the phone', () =>
      told(office.appliance, 'refused traffic from outside').find(({ kind }) => kind === 'unanswered'),
    );
    expect(line).toMatchObject({ method: 'REGISTER', advice: expect.stringMatching(/sip\.digest/) });
    deaf.close();
  });

  it('by the thousands fills no log, and no packet stands in it', async () => {
    const stranger = createSocket('udp4');
    const { port } = office.appliance.address();
    const marker = 'what-a-stranger-sends';
    const send = (text: string) => new Promise((done) => stranger.send(text, port, '127.0.0.1', done));
    for (let packet = 0; packet < 8000; packet++)
      await send(`INVITE sip:101@127.0.0.1 SIP/2.0\r\n${packet}: ${marker}\r\n\r\n${marker.repeat(20)}`);
    stranger.close();
    await office.talk('101', '102');
    const { log, folder } = office.appliance;
    expect(log.filter((entry) => JSON.stringify(entry).includes(marker))).toEqual([]);
    const files = await readdir(join(folder, 'log'));
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, 'log', file))).size));
    expect(sizes.reduce((all, size) => all + size, 0)).toBeLessThan(1_000_000);
    expect(files).toEqual(['modcall.log']);
  });
});
