import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../src/admin/audit/audit.js';
import { Appliance } from '../../support/appliance.js';
import { moderate, OfficePhone, officeSettings, pins, talk, toneOf, untilHears } from '../../support/office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

describe('refusals', () => {
  let appliance: Appliance;
  let phones: Map<string, OfficePhone>;

  const start = async (change: object = {}) => {
    appliance = await Appliance.start(await officeSettings(change));
    await registerAll();
  };
  const registerAll = async () => {
    phones = new Map();
    for (const number of ['100', '109', '101', '102', '103', '104']) {
      phones.set(number, await OfficePhone.register(appliance, number));
    }
  };
  const phone = (number: string): OfficePhone => {
    const found = phones.get(number);
    if (!found) throw new Error(`there is no phone ${number}`);
    return found;
  };
  const closeAll = () => {
    for (const each of phones?.values() ?? []) each.close();
  };
  const refusals = async () => (await appliance.audit()).filter(({ fact }) => fact.type === 'refused');
  const untilRefused = (reason: string) =>
    until(
      () => `a refusal because of ${reason}:\n${appliance.logTail()}`,
      async () => (await refusals()).some(({ fact }) => fact.reason === reason),
    );
  /** Nobody hears the moderator, and the moderator hears nobody. */
  const expectShutOut = async (moderator: SipCall, caller: SipCall, callee: SipCall) => {
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [toneOf('101'), toneOf('100')] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [toneOf('102'), toneOf('100')] });
    if (moderator.state === 'talking') {
      await untilHears('moderator', moderator, { present: [], absent: [toneOf('101'), toneOf('102')] });
    }
  };

  beforeEach(() => {
    phones = new Map();
  });
  afterEach(async () => {
    closeAll();
    await appliance.remove();
  });

  it('locks a caller out after wrong PINs, also against the right one and after a power cut', async () => {
    await start();
    const { caller, callee } = await talk(phone('101'), phone('102'));
    const moderator = await moderate(phone('100'), '111222#');
    await untilRefused('wrongPin');
    await moderator.pressKeys('111223#', 'rfc4733');
    await until('two wrong tries', async () => (await refusals()).length === 2);
    await moderator.pressKeys('111224#', 'rfc4733');
    await untilRefused('lockedOut');
    await expectShutOut(moderator, caller, callee);
    await until('the box to hang up', () => moderator.state === 'ended');

    closeAll();
    await appliance.kill();
    await appliance.run();
    await registerAll();
    const before = (await refusals()).length;
    const again = await phone('100').call('*55');
    await until('the next refusal', async () => (await refusals()).length > before);
    expect((await refusals()).at(-1)?.fact.reason).toBe('lockedOut');
    await until('the box to hang up again', () => again.state === 'ended');
    expect(await verifyAudit(appliance.folder)).toMatchObject({ ok: true });
  });

  it('refuses who is no moderator of the profile', async () => {
    await start({
      groups: [
        { id: 'leads', name: 'Leads', members: ['100'] },
        { id: 'support', name: 'Support', members: ['101', '102', '103'] },
      ],
    });
    const { caller, callee } = await talk(phone('101'), phone('102'));
    const moderator = await moderate(phone('109'), `${pins[109]}#`);
    await untilRefused('notModerator');
    await expectShutOut(moderator, caller, callee);
  });

  it('refuses members who are not in the group, and a member without a call', async () => {
    await start();
    const moderator = await moderate(phone('100'), `${pins[100]}#104#`);
    await untilRefused('notInGroup');
    await moderator.pressKeys('777#', 'rfc4733');
    await untilRefused('noSuchMember');
    await moderator.pressKeys('103#', 'rfc4733');
    await untilRefused('memberHasNoCall');
    await moderator.pressKeys('#', 'rfc4733');
    await untilRefused('noLiveCall');
  });

  it('refuses a member who did not agree', async () => {
    const settings = await officeSettings();
    const extensions = (settings as { extensions: { number: string }[] }).extensions;
    await start({
      extensions: extensions.map((entry) => (entry.number === '101' ? { ...entry, consents: false } : entry)),
    });
    const { caller, callee } = await talk(phone('101'), phone('102'));
    const moderator = await moderate(phone('100'), `${pins[100]}#101#`);
    await untilRefused('noConsent');
    await expectShutOut(moderator, caller, callee);
    // The colleague agreed, but is heard only together with the member.
    for (const keys of ['102#', '#']) {
      const before = (await refusals()).length;
      await moderator.pressKeys(keys, 'rfc4733');
      await until(`${keys} to be refused`, async () => (await refusals()).length > before);
      expect((await refusals()).at(-1)?.fact.reason).toBe('noConsent');
    }
    await expectShutOut(moderator, caller, callee);
  });

  it('never opens a call with an excluded extension', async () => {
    await start({ exclusions: { extensions: ['104'], numbers: [] } });
    const { caller, callee } = await talk(phone('101'), phone('104'));
    const moderator = await moderate(phone('100'), `${pins[100]}#101#`);
    await untilRefused('excluded');
    await untilHears('caller', caller, { present: [toneOf('104')], absent: [toneOf('100')] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [toneOf('100')] });
    await untilHears('moderator', moderator, { present: [], absent: [toneOf('101'), toneOf('104')] });
  });

  it('refuses modes that the profile does not allow', async () => {
    const settings = await officeSettings();
    const profiles = (settings as { profiles: object[] }).profiles;
    await start({ profiles: profiles.map((profile) => ({ ...profile, interventions: [] })) });
    const { caller, callee } = await talk(phone('101'), phone('102'));
    const moderator = await moderate(phone('100'), `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    for (const key of ['5', '6', '8']) {
      const before = (await refusals()).length;
      await moderator.pressKeys(key, 'rfc4733');
      await until(`key ${key} to be refused`, async () => (await refusals()).length > before);
    }
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [toneOf('100')] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [toneOf('100')] });
    expect(caller.state).toBe('talking');
  });
});
