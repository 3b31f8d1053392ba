import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../support/api.js';
import type { BoxAdmin } from '../../support/box-admin.js';
import { OfficePhone, passwordOf, pins, toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';

const port = 18_444;
const both = { present: [toneOf('101'), toneOf('102')], absent: [] };
const nobody = { present: [], absent: [toneOf('101'), toneOf('102')] };

describe('calls and monitors of the running box', () => {
  let office: RunningOffice;
  let api: BoxAdmin;

  beforeAll(async () => {
    ({ office, admin: api } = await officeWithAdmin(port));
  });
  afterEach(() => office.hangUp());
  afterAll(async () => {
    api.close();
    await office.close();
  });

  const shown = async (path: string) =>
    Object((await api.ask('GET', path)).body).entries as readonly Record<string, unknown>[];
  const version = async () => ((await api.ask('GET', '/api/extensions')).body as { version: number }).version;
  const ends = async (path: string, body: object = {}) =>
    expect(await api.ask('POST', path, body)).toMatchObject({ status: 204 });

  /** A phone hears that it is registered a moment before the box shows it. */
  const untilRegistered = (...extensions: readonly string[]) =>
    until('the phones to be shown', async () => {
      const phones = await shown('/api/registrations');
      return extensions.every((extension) => phones.some(({ extension: own }) => own === extension));
    });

  it('are shown, and a monitor that is ended leaves the call alone', async () => {
    const { member, other, moderator } = await office.listening();
    const [call] = await shown('/api/calls');
    expect(call).toMatchObject({
      state: 'talking',
      from: { number: '101' },
      to: { number: '102' },
      monitors: [{ moderator: '100', member: '101', mode: 'listen', notice: { member: 'none', other: 'none' } }],
    });
    const [monitor] = await shown('/api/monitors');
    await ends(`/api/monitors/${monitor?.session}/end`, { note: 'not today' });
    await office.untilMonitorEnded('endedByAdmin');
    await untilHears('moderator', moderator, nobody);
    await office.untilTalkingAlone(member, other);
    expect(member.requestsReceived.concat(other.requestsReceived)).toEqual([]);
    await until('the box to hang up on the moderator', () => moderator.state === 'ended');
    expect(await office.recorded('monitorEnded')).toMatchObject([{ by: 'ada', member: '101', note: 'not today' }]);
    expect(await shown('/api/monitors')).toEqual([]);
  });

  it('belong to phones that are shown with their addresses', async () => {
    const extensions = ['100', '109', '101', '102', '103', '104'];
    await untilRegistered(...extensions);
    const phones = await shown('/api/registrations');
    expect(phones.map(({ extension }) => extension)).toEqual(extensions);
    for (const phone of phones)
      expect(phone).toMatchObject({ address: '127.0.0.1', transport: 'udp', isResponsive: true });
  });

  it('end together, and the moderator is asked for another member', async () => {
    const { member, other, moderator } = await office.listening();
    const [call] = await shown('/api/calls');
    await ends(`/api/calls/${call?.call}/end`, { note: 'stuck' });
    await until('both to be hung up on', () => member.state === 'ended' && other.state === 'ended');
    await office.untilMonitorEnded('callEnded');
    await untilHears('moderator', moderator, nobody);
    expect(moderator.state).not.toBe('ended');
    expect(await office.recorded('callHungUp')).toMatchObject([{ by: 'ada', caller: '101', other: '102' }]);
    expect(await shown('/api/calls')).toEqual([]);
  });

  it('go by a PIN from the moment in which it is set, and by the former one no more', async () => {
    const { caller, callee } = await office.talk('101', '102');
    expect(await api.ask('PUT', '/api/pins/100', { pin: '502719' }, '*')).toMatchObject({
      status: 200,
      body: { moderates: true },
    });
    const former = await office.moderate('100', `${pins[100]}#101#`);
    await office.untilRefused('wrongPin');
    former.hangUp();
    const moderator = await office.moderate('100', '502719#101#');
    await untilHears('moderator', moderator, both);
    await office.untilTalkingAlone(caller, callee);
    expect(await api.ask('PUT', '/api/pins/109', { pin: '502719' }, '*')).toMatchObject({
      status: 409,
      body: { code: 'command.pinFault.taken' },
    });
    expect((await api.ask('PUT', '/api/pins/100', { pin: pins[100] }, '*')).status).toBe(200);
    expect(JSON.stringify(await office.recorded('settingsChanged'))).not.toMatch(/502719|scrypt/);
  });

  it('end with the PIN by which the moderator is known', async () => {
    const { member, other, moderator } = await office.listening();
    expect(await api.ask('DELETE', '/api/pins/100', undefined, '*')).toMatchObject({ status: 200 });
    await office.untilMonitorEnded('pinChanged');
    await untilHears('moderator', moderator, nobody);
    await office.untilTalkingAlone(member, other);
    await until('the box to hang up on the moderator', () => moderator.state === 'ended');
    expect((await api.ask('PUT', '/api/pins/100', { pin: pins[100] }, '*')).status).toBe(200);
  });

  describe('that a moderator begins without dialling', () => {
    let mona: ApiClient;

    /** Signs in the user with this extension. */
    const signedIn = async (name: string, extension: string): Promise<ApiClient> => {
      const login = { name, password: 'four plain words here' };
      const user = { password: login.password, roles: ['moderator'], extension, language: 'en' };
      expect((await api.ask('PUT', `/api/users/${name}`, user, '*')).status).toBe(200);
      const client = new ApiClient(port);
      expect((await client.ask('POST', '/api/session', login)).status).toBe(200);
      return client;
    };

    beforeAll(async () => {
      mona = await signedIn('mona', '100');
    });
    afterAll(() => mona.close());

    it('ring at the own telephone, go on as if the number had been dialled, and are steered by keys and buttons', async () => {
      const { caller: member, callee: other } = await office.talk('101', '102');
      expect(await mona.ask('POST', '/api/monitors', { member: '101' })).toMatchObject({
        status: 403,
        body: { code: 'live.pinNeeded' },
      });
      const begun = await mona.ask('POST', '/api/monitors', { member: '101', pin: pins[100] });
      expect(begun).toMatchObject({ status: 200 });
      const { session } = begun.body as { readonly session: number };
      const moderator = await office.phone('100').answer();
      expect(moderator.invite.headers.get('From')).toContain('Listening 101');
      expect(moderator.invite.headers.get('From')).toContain('*55');
      await untilHears('moderator', moderator, { ...both, absent: [toneOf('100')] });
      await office.untilTalkingAlone(member, other);
      const press = (action: string) => mona.ask('POST', `/api/monitors/${session}/press`, { action });
      expect((await press('whisper')).status).toBe(204);
      await untilHears('member', member, { present: [toneOf('102'), toneOf('100')], absent: [] });
      await untilHears('other', other, { present: [toneOf('101')], absent: [toneOf('100')] });
      await moderator.pressKeys('6', 'rfc4733');
      await untilHears('other', other, { present: [toneOf('101'), toneOf('100')], absent: [] });
      await until('the mode to be shown', async () =>
        Object((await mona.ask('GET', '/api/own/monitors')).body).entries.some(
          (own: { readonly mode: string }) => own.mode === 'barge',
        ),
      );
      expect((await press('takeOver')).status).toBe(204);
      await until('the member to be hung up on', () => member.state === 'ended');
      await untilHears('other', other, { present: [toneOf('100')], absent: [toneOf('101')] });
      await untilHears('moderator', moderator, { present: [toneOf('102')], absent: [toneOf('101')] });
      expect(await office.recorded('attempt')).toContainEqual(
        expect.objectContaining({ session, caller: '100', by: 'mona', on: 'phone' }),
      );
      expect(JSON.stringify(office.appliance.log)).not.toContain(pins[100]);
    });

    it('need no PIN again, and end with a click: both talk on alone', async () => {
      const { caller, callee } = await office.talk('101', '102');
      const { body } = await mona.ask('POST', '/api/monitors', { member: '101' });
      const { session } = body as { readonly session: number };
      const moderator = await office.phone('100').answer();
      await untilHears('moderator', moderator, both);
      expect((await mona.ask('POST', `/api/monitors/${session}/end`, {})).status).toBe(204);
      await office.untilMonitorEnded('moderatorLeft');
      await until('the box to hang up on the moderator', () => moderator.state === 'ended');
      await office.untilTalkingAlone(caller, callee);
    });

    it('end with the user who has asked for them', async () => {
      const lea = await signedIn('lea', '100');
      const { caller, callee } = await office.talk('101', '102');
      expect(await lea.ask('POST', '/api/monitors', { member: '101', pin: pins[100] })).toMatchObject({ status: 200 });
      const moderator = await office.phone('100').answer();
      await untilHears('moderator', moderator, both);
      expect((await api.ask('DELETE', '/api/users/lea', undefined, '*')).status).toBeLessThan(300);
      await office.untilMonitorEnded('accessEnded');
      await untilHears('moderator', moderator, nobody);
      await office.untilTalkingAlone(caller, callee);
      await until('the box to hang up on the moderator', () => moderator.state === 'ended');
      lea.close();
    });

    it('come to nothing where the telephone is not picked up, or the PIN is wrong', async () => {
      await office.talk('101', '102');
      await mona.ask('POST', '/api/monitors', { member: '101' });
      const phone = office.phone('100');
      const call = await until('a call at 100', () => phone.incoming.find(({ state }) => state === 'ringing'));
      call.refuse(486);
      await office.untilRefused('notAnswered');
      const other = await signedIn('lea', '109');
      expect(await other.ask('POST', '/api/monitors', { member: '101', pin: '111222' })).toMatchObject({
        status: 403,
        body: { code: 'live.refused.wrongPin' },
      });
      expect(office.phone('109').incoming).toEqual([]);
      other.close();
    });
  });

  it('end with the consent of one of the two, which is changed by itself', async () => {
    const { member, other, moderator } = await office.listening();
    const withdrawn = await api.ask('PATCH', '/api/extensions/102', { consents: false }, await version());
    expect(withdrawn).toMatchObject({ status: 200, body: { entry: { number: '102', consents: false } } });
    await office.untilMonitorEnded('noConsent');
    await untilHears('moderator', moderator, nobody);
    await office.untilTalkingAlone(member, other);
    await api.ask('PATCH', '/api/extensions/102', { consents: true }, await version());
  });

  it('can be of extensions that came in a table, as soon as it is taken', async () => {
    const { caller, callee } = await office.talk('101', '102');
    const table = `number;name;password\r\n105;Eva;${passwordOf('105')}\r\n106;Finn;generate\r\n`;
    expect(await api.ask('POST', '/api/extensions/import', { table }, await version())).toMatchObject({
      status: 200,
      body: { passwords: [{ number: '106' }] },
    });
    const phone = await OfficePhone.register(office.appliance, '105');
    await untilRegistered('105');
    expect(await shown('/api/registrations')).toContainEqual(
      expect.objectContaining({ extension: '105', name: 'Eva' }),
    );
    phone.close();
    await office.untilTalkingAlone(caller, callee);
    const wrong = await api.ask(
      'POST',
      '/api/extensions/import',
      { table: 'number,password\n107,generate\n' },
      await version(),
    );
    expect(wrong).toMatchObject({ status: 422, body: { faults: [{ path: ['lines', 2, 'name'] }] } });
  });

  it('end with the member: whoever is removed is listened to no more', async () => {
    const { member, other, moderator } = await office.listening();
    const basis = await version();
    expect(await api.ask('DELETE', '/api/extensions/101', undefined, basis)).toMatchObject({
      status: 409,
      body: { code: 'settings.stillNamed', params: { paths: ['groups support'] } },
    });
    const removed = await api.ask('DELETE', '/api/extensions/101?cascade=true', undefined, basis);
    expect(removed).toMatchObject({ status: 200, body: { version: basis + 1 } });
    await office.untilMonitorEnded('noSuchMember');
    await untilHears('moderator', moderator, nobody);
    await office.untilTalkingAlone(member, other);
  });
});
