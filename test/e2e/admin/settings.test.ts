import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { longestGap } from '../../support/audio/gaps.js';
import { residualLevel } from '../../support/audio/tones.js';
import { BoxAdmin } from '../../support/box-admin.js';
import { OfficePhone, passwordOf, pins, toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

const port = 18_443;
/** What a busy machine may do to the pace of 20 ms, far from the second of silence that a gap would be. */
const longestGapFrames = 25;
const both = { present: [toneOf('101'), toneOf('102')], absent: [toneOf('100')] };

interface Shown {
  readonly version: number;
  readonly afterRestart: readonly string[];
  readonly settings: {
    readonly extensions: readonly { readonly number: string; readonly consents: boolean }[];
    readonly groups: readonly { readonly id: string; readonly members: readonly string[] }[];
    readonly profiles: readonly object[];
    readonly exclusions: object;
    readonly sip: object;
  };
}

describe('the settings of the running box', () => {
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

  const shown = async (): Promise<Shown> => (await api.ask('GET', '/api/settings')).body as Shown;

  /** Changes the settings from what they are now, and takes that back when the test has seen what came of it. */
  async function during(change: (settings: Shown['settings']) => object, seen: () => Promise<void>): Promise<void> {
    const { version, settings } = await shown();
    const put = await api.ask('PUT', '/api/settings', { settings: { ...settings, ...change(settings) } }, version);
    expect(put).toMatchObject({ status: 200, body: { version: version + 1, afterRestart: [] } });
    try {
      await seen();
    } finally {
      const back = await api.ask('POST', `/api/settings/versions/${version}/restore`, {}, version + 1);
      expect(back.status).toBe(200);
    }
  }

  async function untilEnded(reason: string, moderator: SipCall): Promise<void> {
    await office.untilMonitorEnded(reason);
    await untilHears('moderator', moderator, { present: [], absent: [toneOf('101'), toneOf('102')] });
  }

  it.each<readonly [string, string, (settings: Shown['settings']) => object]>([
    [
      'a member withdraws consent',
      'noConsent',
      ({ extensions }) => ({
        extensions: extensions.map((each) => (each.number === '101' ? { ...each, consents: false } : each)),
      }),
    ],
    [
      'a member leaves the group',
      'notInGroup',
      ({ groups }) => ({
        groups: groups.map((each) => (each.id === 'support' ? { ...each, members: ['102', '103'] } : each)),
      }),
    ],
    ['a member is excluded', 'excluded', () => ({ exclusions: { extensions: ['101'], numbers: [] } })],
    [
      'the profile is switched off',
      'profileOff',
      ({ profiles }) => ({ profiles: profiles.map((each) => ({ ...each, enabled: false })) }),
    ],
    [
      'the moderator is removed',
      'notModerator',
      ({ groups }) => ({ groups: groups.map((each) => (each.id === 'leads' ? { ...each, members: ['109'] } : each)) }),
    ],
  ])('end a monitor when %s, and leave the call alone', async (_, reason, change) => {
    const { member, other, moderator } = await office.listening();
    await during(change, async () => {
      await untilEnded(reason, moderator);
      await office.untilTalkingAlone(member, other);
    });
    expect(member.requestsReceived.concat(other.requestsReceived)).toEqual([]);
  });

  it('let a moderator be heard by nobody where barging in is not allowed any more', async () => {
    const { member, other, moderator } = await office.listening();
    await moderator.pressKeys('6', 'rfc4733');
    await untilHears('other', other, { present: [toneOf('100'), toneOf('101')], absent: [] });
    const listenersOnly = ({ profiles }: Shown['settings']) => ({
      profiles: profiles.map((each) => ({ ...each, interventions: [] })),
    });
    await during(listenersOnly, async () => {
      await untilHears('other', other, { present: [toneOf('101')], absent: [toneOf('100')] });
      await untilHears('member', member, { present: [toneOf('102')], absent: [toneOf('100')] });
      await untilHears('moderator', moderator, both);
    });
  });

  it('that are undone in the middle of a call count at once, for more and for less, and leave its sound alone', async () => {
    const change = (path: string, wanted: object) => api.ask('PATCH', path, wanted, '*');
    const { version, settings: before } = await shown();
    const members = ['101', '102', '104'];
    expect(await change('/api/groups/support', { members })).toMatchObject({ status: 200 });
    const { caller: newcomer, callee: other } = await office.talk('104', '103');
    const moderator = await office.moderate('100', `${pins[100]}#104#`);
    const all = { present: [toneOf('103'), toneOf('104')], absent: [toneOf('100')] };
    await untilHears('moderator', moderator, all);
    const start = performance.now();

    expect(await change('/api/profiles/support', { interventions: [] })).toMatchObject({ status: 200 });
    expect(await api.ask('POST', '/api/settings/undo', {}, '*')).toMatchObject({ status: 200 });
    await moderator.pressKeys('6', 'rfc4733');
    await untilHears('other', other, { present: [toneOf('100'), toneOf('104')], absent: [] });

    const back = await api.ask('POST', `/api/settings/versions/${version}/restore`, {}, '*');
    expect(back).toMatchObject({ status: 200 });
    await office.untilMonitorEnded('notInGroup');
    await untilHears('moderator', moderator, { present: [], absent: [toneOf('103'), toneOf('104')] });
    await untilHears('newcomer', newcomer, { present: [toneOf('103')], absent: [toneOf('100')] });
    await untilHears('other', other, { present: [toneOf('104')], absent: [toneOf('100')] });
    expect(longestGap(newcomer, toneOf('103'), start), 'gap for the newcomer').toBeLessThan(longestGapFrames);
    expect(longestGap(other, toneOf('104'), start), 'gap for the other').toBeLessThan(longestGapFrames);
    expect(newcomer.requestsReceived.concat(other.requestsReceived)).toEqual([]);
    expect((await shown()).settings).toEqual(before);
  });

  it('let the phone of an extension that was added register and call, and end with it', async () => {
    const added = ({ extensions }: Shown['settings']) => ({
      extensions: [...extensions, { number: '105', name: 'Eva', password: passwordOf('105') }],
    });
    const { caller, callee } = await office.talk('101', '102');
    await during(added, async () => {
      const phone = await OfficePhone.register(office.appliance, '105');
      const call = await phone.call('103');
      await until('the call of the new extension', () => office.phone('103').incoming.length > 0);
      call.hangUp();
      phone.close();
    });
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [] });
    await expect(OfficePhone.register(office.appliance, '105')).rejects.toThrow();
  });

  it('are told apart by who was faster, and tell the other what changed', async () => {
    const { version, settings } = await shown();
    const put = (ringSeconds: number) =>
      api.ask('PUT', '/api/settings', { settings: { ...settings, ringSeconds } }, version);
    expect((await put(31)).status).toBe(200);
    expect(await put(32)).toMatchObject({
      status: 412,
      body: { changes: [{ path: ['ringSeconds'], before: 30, after: 31 }] },
    });
    expect((await api.ask('PUT', '/api/settings', { settings }, version + 1)).status).toBe(200);
  });

  it('are in the support bundle without their secrets, part by part as it leaves the box', async () => {
    const { body } = await api.ask('GET', '/api/support?part=registrations');
    expect(body).toMatchObject({
      parts: expect.arrayContaining([{ part: 'log', bytes: expect.any(Number) }]),
      content: expect.arrayContaining([{ extension: '101', phones: 1, unresponsive: 0 }]),
    });
    const bundle = (await api.ask('GET', '/api/support/bundle')).body;
    expect(Object.keys(Object(bundle))).toEqual((body as { parts: { part: string }[] }).parts.map(({ part }) => part));
    const text = JSON.stringify(bundle);
    expect(text).toContain('ready');
    expect((await office.recorded('supportBundleMade')).at(-1)).toMatchObject({ numbersShown: false, byKind: 'user' });
    for (const number of ['100', '101', '102', '103']) expect(text).not.toContain(passwordOf(number));
    expect(text).not.toMatch(/scrypt|one-time code [^.]*\d{4}-\d{4}|correct horse battery/);
  });

  it('that are not valid change nothing, and each mistake is named', async () => {
    const { version, settings } = await shown();
    const wrong = { ...settings, groups: [{ id: 'support', name: 'S', number: null, members: ['999'] }] };
    const refused = await api.ask('PUT', '/api/settings', { settings: wrong }, version);
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('"groups",0,"members",0');
    expect((await shown()).version).toBe(version);
  });

  it('stand in the audit record with who and what, and without passwords', async () => {
    await during(
      ({ extensions }) => ({
        extensions: extensions.map((each) => (each.number === '104' ? { ...each, name: 'Dora' } : each)),
      }),
      async () => {
        expect((await office.recorded('settingsChanged')).at(-1)).toMatchObject({
          by: 'ada',
          byKind: 'user',
          changes: [{ path: ['extensions', '104', 'name'], before: 'Person 104', after: 'Dora' }],
        });
      },
    );
    expect(JSON.stringify([await shown(), await office.recorded('settingsChanged')])).not.toMatch(/secret of|scrypt/);
  });

  it('move the web server, and whoever moves it is answered where it was', async () => {
    const { version, settings } = await shown();
    const moved = { ...settings, web: { address: '127.0.0.1', port: port + 5 } };
    expect((await api.ask('PUT', '/api/settings', { settings: moved }, version)).status).toBe(200);
    await expect(api.ask('GET', '/healthz')).rejects.toThrow();
    const there = new BoxAdmin(port + 5);
    await there.signIn(office.appliance);
    expect((await there.ask('GET', '/api/web')).body).toMatchObject({ trial: { by: 'ada', before: { port } } });
    expect(await there.ask('POST', '/api/web/confirm', {})).toMatchObject({
      status: 200,
      body: { web: { port: port + 5 }, trial: null },
    });
    const back = await there.ask('POST', `/api/settings/versions/${version}/restore`, {}, version + 1);
    expect(back).toMatchObject({ status: 200, body: { afterRestart: [] } });
    there.close();
    expect((await api.ask('GET', '/healthz')).status).toBe(200);
  });

  it('name the box further, and its own certificate names it, too', async () => {
    const names = ['pbx.example.com'];
    await during(
      () => ({ web: { address: '127.0.0.1', port, names } }),
      async () => {
        const { body } = await api.ask('GET', '/api/certificate');
        expect(body).toMatchObject({ kind: 'selfSigned', for: expect.stringContaining('DNS:pbx.example.com') });
      },
    );
    const { body } = await api.ask('GET', '/api/certificate');
    expect(body).toMatchObject({ for: expect.not.stringContaining('pbx.example.com') });
  });

  it('are refused if they move the web server to a port that is taken', async () => {
    const { version, settings } = await shown();
    const other = createServer().listen(port + 6, '127.0.0.1');
    await once(other, 'listening');
    const taken = { ...settings, web: { address: '127.0.0.1', port: port + 6 } };
    const refused = await api.ask('PUT', '/api/settings', { settings: taken }, version);
    const fault = { path: ['web', 'port'], code: 'settings.fault.portTaken' };
    expect(refused).toMatchObject({ status: 422, body: { code: 'settings.refused', faults: [fault] } });
    expect((await shown()).version).toBe(version);
    other.close();
  });

  it('speak to a moderator in a language that nobody was spoken to in before, while another one listens', async () => {
    const { member, other } = await office.listening();
    const german = ({ extensions }: Shown['settings']) => ({
      extensions: extensions.map((each) => (each.number === '109' ? { ...each, language: 'de' } : each)),
    });
    await during(german, async () => {
      const second = await office.moderate('109', '');
      await until('the moderator to be spoken to', () => residualLevel(second.audio.heard(400), []) > -35);
      await untilHears('member', member, { present: [toneOf('102')], absent: [] });
      await untilHears('other', other, { present: [toneOf('101')], absent: [] });
    });
    const unheard = office.appliance.log.filter(({ reason }) => String(reason).includes('was not loaded'));
    expect(unheard).toEqual([]);
  });

  it('say what takes effect only after a restart', async () => {
    const { version, settings } = await shown();
    const put = await api.ask(
      'PUT',
      '/api/settings',
      { settings: { ...settings, sip: { ...settings.sip, port: 5070 } } },
      version,
    );
    expect(put).toMatchObject({ status: 200, body: { afterRestart: ['sip.port'] } });
    expect((await api.ask('POST', `/api/settings/versions/${version}/restore`, {}, version + 1)).body).toMatchObject({
      afterRestart: [],
    });
  });

  it('go on as the last ones after a restart, with their history', async () => {
    const { version } = await shown();
    await office.restart();
    await api.signIn(office.appliance);
    expect((await shown()).version).toBe(version);
  });

  it('that were edited by hand are taken on SIGHUP, as a version of nobody', async () => {
    const { version } = await shown();
    const file = join(office.appliance.folder, 'settings.json');
    const before = await readFile(file, 'utf8');
    await writeFile(file, JSON.stringify({ ...JSON.parse(before), ringSeconds: 77 }));
    process.kill(office.appliance.pid, 'SIGHUP');
    await until('the edited file to be taken', async () => (await shown()).version === version + 1);
    expect(await shown()).toMatchObject({ by: { kind: 'file' }, settings: { ringSeconds: 77 } });
    expect((await office.recorded('settingsChanged')).at(-1)).toMatchObject({ by: '', byKind: 'file' });
  });

  it('are beside the records of the calls that ended', async () => {
    const { caller } = await office.talk('101', '102');
    caller.hangUp();
    const records = async () =>
      Object((await api.ask('GET', '/api/calls/records?number=101')).body).entries as readonly object[];
    await until(
      () => `the record of the call:\n${office.appliance.logTail()}`,
      async () => (await records()).length > 0,
    );
    expect((await records()).at(-1)).toMatchObject({ from: '101', to: '102', answeredBy: '102', cause: 'normal' });
    const table = await api.ask('GET', '/api/calls/records.csv?number=101');
    expect(table.body).toMatch(/^started,answered,ended,from,to,answeredBy,via,talkedSeconds,cause\r\n/);
  });
});
