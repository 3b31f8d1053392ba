import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BoxAdmin } from '../../support/box-admin.js';
import { OfficePhone, toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import { toneVoice } from '../../support/rtp/voice.js';
import type { RunningOffice } from '../../support/running-office.js';
import { credentials, outsideTone, trunkTo } from '../../support/trunk-office.js';
import { Upstream } from '../../support/upstream.js';
import { until } from '../../support/waiting.js';

const port = 18_451;
const noNotice = { kind: 'none' };
/** As the version that a change is made against. */
const whateverIsThere = '*';

describe('in the middle of a monitored call', () => {
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

  async function change(method: 'PUT' | 'PATCH' | 'DELETE', path: string, fields?: object): Promise<void> {
    const answer = await api.ask(method, `/api${path}`, fields, whateverIsThere);
    expect(answer).toMatchObject({ status: 200, body: { afterRestart: [] } });
  }

  /** The call and its listener go on as if nothing had happened. */
  async function expectUnharmed({ member, other, moderator }: Awaited<ReturnType<RunningOffice['listening']>>) {
    await office.untilTalkingAlone(member, other);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [toneOf('100')] });
    expect(member.requestsReceived.concat(other.requestsReceived)).toEqual([]);
  }

  it('a changed password ends the registrations of that extension alone', async () => {
    const calls = await office.listening();
    await change('PATCH', '/extensions/103', { password: 'another secret of 103' });
    const { status } = await office.phone('104').agent.register();
    expect(status).toBe(200);
    const toNobody = await office.call('104', '103');
    expect(await until('the call to nobody to end', () => toNobody.end)).toMatchObject({ status: 480 });
    await expect(OfficePhone.register(office.appliance, '103')).rejects.toThrow('103 was not registered');
    await expectUnharmed(calls);
    expect(JSON.stringify(await office.appliance.audit())).not.toContain('another secret');
  });

  it('a trunk is added, carries calls, and is gone again', async () => {
    const upstream = await Upstream.open(credentials);
    upstream.agent.onCall = (call) => {
      call.accept();
      call.audio.say(toneVoice(outsideTone));
    };
    try {
      const calls = await office.listening();
      const { id, ...trunk } = { id: 'provider', ...trunkTo(upstream, { inbound: { extension: '104' } }) };
      await change('PUT', `/trunks/${id}`, trunk);
      await until('the trunk to be registered', () => upstream.contact);
      const caller = await office.call('104', '0089555000');
      await untilHears('caller', caller, { present: [outsideTone], absent: [toneOf('104')] });
      await expectUnharmed(calls);
      caller.hangUp();
      await change('DELETE', `/trunks/${id}`);
      await until('the trunk to be unregistered', () => upstream.contact === undefined);
      const refused = await office.call('104', '0089555000');
      expect(await until('the call without a trunk to end', () => refused.end)).toMatchObject({ by: 'them' });
      await expectUnharmed(calls);
    } finally {
      upstream.close();
    }
  });

  it('a raised notice is heard before the moderator hears that party again', async () => {
    const { member, other, moderator } = await office.listening();
    await change('PATCH', '/profiles/support', { notice: { member: noNotice, other: { kind: 'announcement' } } });
    await untilHears('moderator', moderator, { present: [], absent: [toneOf('102')] });
    await until('the announcement to be recorded', async () =>
      (await office.recorded('told')).some(({ party, notice }) => party === 'other' && notice === 'announcement'),
    );
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    await untilHears('other', other, { present: [toneOf('101')], absent: [toneOf('100')] });
    await untilHears('member', member, { present: [toneOf('102')], absent: [toneOf('100')] });
    await change('PATCH', '/profiles/support', { notice: { member: noNotice, other: noNotice } });
  });
});
