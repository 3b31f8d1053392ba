import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../support/api.js';
import type { BoxAdmin } from '../../support/box-admin.js';
import { passwordOf } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import type { SipRequest } from '../../support/sip/message.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';
import { textsOf, valuesIn, xmlIn } from '../../unit/provisioning/read-file.js';

const port = 18_495;
const plainPort = 18_496;
const mac = '001565aabbcc';

interface Credentials {
  readonly server: string;
  readonly username: string;
  readonly password: string;
}

/** The account that a file gives its phone. */
const credentialsIn: Readonly<Record<string, (file: string) => Credentials>> = {
  yealink(file) {
    const of = (key: string) => new Map(valuesIn(file)).get(`account.1.${key}`) ?? '';
    const server = `${of('sip_server.1.address')}:${of('sip_server.1.port')}`;
    return { server, username: of('auth_name'), password: of('password') };
  },
  snom(file) {
    const of = (name: string) => textsOf(xmlIn(file), name, { idx: '1' })[0] ?? '';
    return { server: of('user_outbound').replace(/;.*/, ''), username: of('user_pname'), password: of('user_pass') };
  },
  grandstream(file) {
    const of = (name: string) => textsOf(xmlIn(file), 'item', { name: `account.1.sip.${name}` })[0] ?? '';
    const [username, password] = [of('subscriber.userid'), of('subscriber.password')];
    return { server: of('server.1.address'), username, password };
  },
  'grandstream-ht'(file) {
    const of = (name: string) => textsOf(xmlIn(file), name)[0] ?? '';
    return { server: of('P47'), username: of('P36'), password: of('P34') };
  },
  'cisco-ata'(file) {
    const of = (name: string) => textsOf(xmlIn(file), `${name}_1_`)[0] ?? '';
    return { server: of('Proxy'), username: of('User_ID'), password: of('Password') };
  },
};
const fileNames: Readonly<Record<string, string>> = {
  yealink: `${mac}.cfg`,
  snom: `${mac}.xml`,
  grandstream: `cfg${mac}.xml`,
  'grandstream-ht': `cfg${mac}.xml`,
  'cisco-ata': `${mac}.xml`,
};

describe('a phone that fetches its configuration from the box', () => {
  let office: RunningOffice;
  let admin: BoxAdmin;
  let phone: ApiClient;

  beforeAll(async () => {
    const web = { address: '127.0.0.1', port, plainPort };
    ({ office, admin } = await officeWithAdmin(port, { web }, ['101', '102']));
    phone = new ApiClient(port);
  });
  afterAll(async () => {
    admin.close();
    phone.close();
    await office.close();
  });

  const set = async (id: string, entry: object): Promise<string> => {
    await admin.ask('DELETE', `/api/phones/${id}`, undefined, '*');
    const { status, body } = await admin.ask('PUT', `/api/phones/${id}`, entry, '*');
    expect([status, body]).toMatchObject([200, { secret: expect.any(String) }]);
    return Object(body).secret;
  };
  const stateOf = async (id: string) => {
    const { body } = await admin.ask('GET', '/api/phone-states');
    return Object(body).entries.find((each: { readonly id: string }) => each.id === id);
  };

  it.each(Object.keys(credentialsIn))('registers as its extension with what a %s is told', async (model) => {
    const secret = await set(mac, { model, extensions: ['103'] });
    expect(await stateOf(mac)).toMatchObject({ fetched: null, isRegistered: false });
    const { status, body } = await phone.ask('GET', `/phones/${secret}/${fileNames[model]}`);
    expect(status).toBe(200);
    const { server, username, password } = credentialsIn[model]?.(String(body)) ?? expect.fail();
    expect(server).toBe(`127.0.0.1:${office.appliance.address('udp').port}`);
    const agent = await UserAgent.open({
      server: office.appliance.address('udp'),
      credentials: { username, password },
    });
    expect((await agent.register()).status).toBe(200);
    await until('the phone to be shown as registered', async () => (await stateOf(mac)).isRegistered);
    expect(await stateOf(mac)).toMatchObject({ isOutdated: false, fetched: { address: '127.0.0.1' } });
    await agent.register(0);
    agent.close();
  });

  it('is in the audit record, and no secret of it is, nor in the log', async () => {
    const secret = await set(mac, { model: 'yealink', extensions: ['103'] });
    await phone.ask('GET', `/phones/${secret}/${mac}.cfg`);
    await office.untilRecorded('phoneConfigured');
    expect((await office.recorded('phoneConfigured')).at(-1)).toMatchObject({ phone: mac, extensions: '103' });
    expect(JSON.stringify(await office.appliance.audit())).not.toContain(secret);
    expect(JSON.stringify(office.appliance.log)).not.toContain(secret);
  });

  it('is told to come when something of its configuration has changed, once, and when an admin says so', async () => {
    const secret = await set(mac, { model: 'snom', extensions: ['104'] });
    const notified: SipRequest[] = [];
    const agent = await UserAgent.open({
      server: office.appliance.address('udp'),
      credentials: { username: '104', password: passwordOf('104') },
      onMessage: (message) => {
        if (message.kind === 'request' && message.method === 'NOTIFY') notified.push(message);
      },
    });
    expect((await agent.register()).status).toBe(200);
    const fetch = async () => String((await phone.ask('GET', `/phones/${secret}/${mac}.xml`)).body);
    await fetch();
    for (const name of ['Front', 'Front desk']) await admin.ask('PATCH', `/api/phones/${mac}`, { name }, '*');
    const [told] = await until('a NOTIFY', () => (notified.length > 0 ? notified : undefined));
    expect(told?.headers.get('Event')).toBe('check-sync;reboot=false');
    expect(textsOf(xmlIn(await fetch()), 'user_realname', { idx: '1' })).toEqual(['Front desk']);
    const { status } = await admin.ask('POST', `/api/phones/${mac}/call-in`, {});
    expect(status).toBe(204);
    // The changes were told by one, and the order by another.
    expect(notified).toHaveLength(2);
    await agent.register(0);
    await until('the registration to be gone', async () => !(await stateOf(mac)).isRegistered);
    expect(await admin.ask('POST', `/api/phones/${mac}/call-in`, {})).toMatchObject({
      body: { code: 'phone.notRegistered' },
    });
    agent.close();
  });

  it('finds nothing any more once its secret is revoked, and something again by another one', async () => {
    const secret = await set(mac, { model: 'yealink', extensions: ['103'] });
    const { status } = await admin.ask('POST', `/api/phones/${mac}/revoke`, {}, '*');
    expect(status).toBe(200);
    const refused = await phone.ask('GET', `/phones/${secret}/${mac}.cfg`);
    expect(refused).toEqual(await phone.ask('GET', `/phones/${'x'.repeat(43)}/001565000000.cfg`));
    expect(refused.status).toBe(404);
    const { body } = await admin.ask('PATCH', `/api/phones/${mac}`, { secret: 'generate' }, '*');
    expect((await phone.ask('GET', `/phones/${Object(body).secret}/${mac}.cfg`)).status).toBe(200);
  });

  it('reaches nothing else where browsers are sent to HTTPS', async () => {
    const secret = await set(mac, { model: 'yealink', extensions: ['103'] });
    // From this machine it may come in clear.
    expect(await plain(`/phones/${secret}/${mac}.cfg`)).toMatchObject({ status: 200 });
    expect(await plain('/api/state')).toMatchObject({ status: 308 });
    expect(await plain(`/phones/${secret}/api/state`)).toMatchObject({ status: 404 });
  });

  it('waits when it guesses, and is counted', async () => {
    const guesser = new ApiClient(port, '127.0.0.9');
    const statuses = [];
    for (let round = 0; round < 8; round += 1)
      statuses.push((await guesser.ask('GET', `/phones/${`${round}`.repeat(43)}/${mac}.cfg`)).status);
    expect(statuses.slice(0, 5)).toEqual([404, 404, 404, 404, 404]);
    expect(statuses).toContain(429);
    guesser.close();
    const { body } = await admin.ask('GET', '/metrics');
    expect(String(body)).toMatch(/^modcall_phone_guesses_total [1-9]/m);
  });

  it.skipIf(!existsSync('/usr/bin/linphonec'))('is Linphone, which registers by what it fetched itself', async () => {
    const secret = await set('anna', { model: 'linphone', extensions: ['104'] });
    const folder = await mkdtemp(join(tmpdir(), 'linphone-'));
    const rc = join(folder, 'linphonerc');
    // It does not make the folder of its database, and fetches nothing without one.
    await mkdir(join(folder, '.local', 'share', 'linphone'), { recursive: true });
    const address = `http://127.0.0.1:${plainPort}/phones/${secret}/anna.xml`;
    await writeFile(rc, `[misc]\nconfig-uri=${address}\n[sip]\nsip_port=-1\nsip_tcp_port=-1\n`);
    const linphone = spawn('/usr/bin/linphonec', ['-c', rc], {
      env: { PATH: process.env.PATH, HOME: folder },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    try {
      await until('Linphone to register as 104', async () => (await stateOf('anna')).isRegistered);
      const { body } = await admin.ask('GET', '/api/registrations');
      expect(Object(body).entries).toContainEqual(
        expect.objectContaining({ extension: '104', userAgent: expect.stringMatching(/linphone/i) }),
      );
    } finally {
      linphone.stdin.end('quit\n');
      linphone.kill();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** What is answered over plain HTTP. */
const plain = (path: string): Promise<{ readonly status: number }> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: plainPort, path, agent: false }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0 });
    }).on('error', reject);
  });
