import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { BoxAdmin } from '../../support/box-admin.js';
import { certificateOne, certificateTwo } from '../../support/certificates.js';
import { OfficePhone, talk, toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import { toneVoice } from '../../support/rtp/voice.js';
import type { RunningOffice } from '../../support/running-office.js';
import { credentials, outsideTone, trunkTo } from '../../support/trunk-office.js';
import { Upstream } from '../../support/upstream.js';
import { until } from '../../support/waiting.js';

const webPort = 19_481;
const transports = ['udp', 'tcp', 'tls'];
/** The other side of a trunk shows the second certificate, and believes both. */
const providerTls = { ...certificateTwo, ca: certificateOne.certificate + certificateTwo.certificate };

const installed = async (folder: string) => {
  const file = join(folder, 'identity', 'tls-installed.pem');
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, certificateOne.key + certificateOne.certificate, { mode: 0o600 });
};

describe('SIP over TLS', () => {
  let office: RunningOffice;
  let upstream: Upstream;
  let admin: BoxAdmin;

  beforeAll(async () => {
    upstream = await Upstream.open(credentials, '127.0.0.1', providerTls);
    const authorities = certificateTwo.certificate;
    const trunk = trunkTo(upstream, { transport: 'tls', tls: { authorities }, inbound: { extension: '101' } });
    const settings = { sip: { transports }, trunks: [trunk] };
    ({ office, admin } = await officeWithAdmin(webPort, settings, ['101', '104'], { furnish: installed }));
  });
  afterAll(async () => {
    expect(await office.appliance.stop()).toBe(0);
    await office.close();
    upstream.close();
  });

  const register = (number: string, ca: string) =>
    OfficePhone.register(office.appliance, number, 'tls', { ...certificateTwo, ca });
  const shown = async () => {
    const { port } = office.appliance.address('tls');
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return subject.CN;
  };

  it('with the certificate of the box: a telephone calls, is called and is heard', async () => {
    const phone = await register('102', certificateOne.certificate);
    for (const [from, to] of [
      [phone, office.phone('101')],
      [office.phone('101'), phone],
    ] as const) {
      const { caller, callee } = await talk(from, to);
      await untilHears('caller', caller, { present: [toneOf(to.number)], absent: [toneOf(from.number)] });
      await untilHears('callee', callee, { present: [toneOf(from.number)], absent: [toneOf(to.number)] });
      caller.hangUp();
      await until('the call to end', () => callee.end);
    }
    phone.close();
  });

  it('rings where a telephone forwards to, which is not where its messages come from', async () => {
    const phone = await register('102', certificateOne.certificate);
    const caller = await office.call('101', '102');
    (await until('it to ring', () => phone.incoming.find(({ state }) => state === 'ringing'))).forward(
      office.phone('101').agent.uriOf('104'),
    );
    const colleague = await office.phone('104').answer();
    await until('the call to be answered', () => caller.state === 'talking');
    caller.hangUp();
    await until('the call to end', () => colleague.end);
    phone.close();
  });

  it('takes calls out to a provider that knows the box by its certificate, and in', async () => {
    await until('the trunk to be registered', () => upstream.contact);
    upstream.agent.onCall = (call) => {
      call.accept();
      call.audio.say(toneVoice(outsideTone));
    };
    const out = await office.call('104', '0089555000');
    await untilHears('caller', out, { present: [outsideTone], absent: [toneOf('104')] });
    out.hangUp();
    const inward = await upstream.agent.call(upstream.contact ?? '');
    inward.audio.say(toneVoice(outsideTone));
    const member = await office.phone('101').answer();
    await untilHears('member', member, { present: [outsideTone], absent: [toneOf('101')] });
    inward.hangUp();
    await until('the call to end', () => member.end);
  });

  it('shows a new certificate at once, while the telephones that are there go on', async () => {
    const before = await register('102', certificateOne.certificate);
    expect(await shown()).toBe('one');
    expect((await admin.ask('PUT', '/api/certificate', certificateTwo, '*')).status).toBe(200);
    expect(await shown()).toBe('two');
    const after = await register('103', certificateTwo.certificate);
    const { caller, callee } = await talk(after, before);
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [toneOf('103')] });
    caller.hangUp();
    await until('the call to end', () => callee.end);
    for (const phone of [before, after]) phone.close();
  });

  it('keeps the key of a certificate for a trunk to itself', async () => {
    const path = '/api/trunks/provider';
    const asked = async () =>
      z.object({ entry: z.looseObject({ tls: z.unknown() }) }).parse((await admin.ask('GET', path)).body).entry;
    const tls = { authorities: certificateTwo.certificate, certificate: certificateOne.certificate };
    const put = (change: object, entry: object) => admin.ask('PUT', path, { ...entry, ...change, id: undefined }, '*');
    const before = await asked();
    expect(
      (await put({ tls: { ...tls, clientKey: certificateOne.key } }, before)).status,
      office.appliance.logTail(),
    ).toBe(200);
    expect((await asked()).tls, office.appliance.logTail()).toEqual(tls);
    expect((await put({ name: 'Another' }, await asked())).status).toBe(200);
    const kept = JSON.parse(await readFile(join(office.appliance.folder, 'settings.json'), 'utf8'));
    expect(kept.trunks[0].tls).toEqual({ ...tls, clientKey: certificateOne.key });
    expect((await put({ tls: { ...tls, clientKey: certificateTwo.key } }, before)).status).not.toBe(200);
    expect(office.appliance.log.some((entry) => JSON.stringify(entry).includes('PRIVATE KEY'))).toBe(false);
  });
});
