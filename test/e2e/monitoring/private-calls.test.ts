import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { extensionNumber } from '../../../src/primitives/ids.js';
import type { BoxAdmin } from '../../support/box-admin.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';
import { signaturesOf, terms } from '../../support/works-agreement.js';

const members = ['101', '102', '103'];
const document = {
  format: 'modcall-agreement-1',
  version: 1,
  previous: null,
  ...terms,
  listening: [{ moderators: [extensionNumber('100')], members: members.map(extensionNumber) }],
  privateCalls: true,
};

describe('a call that a member dials behind *00, where the works agreement allows private calls', () => {
  let office: RunningOffice;
  let admin: BoxAdmin;

  beforeAll(async () => {
    ({ office, admin } = await officeWithAdmin(18_507, {}, ['100', ...members]));
    const signatures = signaturesOf(document, 'employer', 'council');
    expect((await admin.ask('PUT', '/api/agreement', { document, signatures })).status).toBe(200);
  });
  afterEach(() => office.hangUp());
  afterAll(async () => {
    admin.close();
    await office.close();
  });

  const talkPrivately = async (to: string): Promise<{ caller: SipCall; callee: SipCall }> => {
    const caller = await office.call('101', `*00${to}`);
    const callee = await office.phone(to).answer();
    await until('the call to be answered', () => caller.state === 'talking');
    return { caller, callee };
  };
  const moderate = (keys: string) => office.moderate('100', `${pins[100]}#1${keys}`);
  const refusals = async () => (await office.recorded('refused')).filter(({ reason }) => reason === 'privateCall');
  const starts = async () => (await office.recorded('started')).length;
  const hearsNobody = (moderator: SipCall) =>
    untilHears('moderator', moderator, { present: [], absent: members.map(toneOf) });
  const hear = (of: readonly string[]) => ({
    present: of.map(toneOf),
    absent: ['100', ...members].filter((number) => !of.includes(number)).map(toneOf),
  });

  it('is refused to a moderator who dials in, for either of the two and as the newest call, and goes on', async () => {
    const { caller, callee } = await talkPrivately('102');
    const moderator = await moderate('101#');
    await office.untilRefused('privateCall');
    await moderator.pressKeys('102#', 'rfc4733');
    await office.untilRefused('privateCall', 2);
    await moderator.pressKeys('#', 'rfc4733');
    await office.untilRefused('privateCall', 3);
    await hearsNobody(moderator);
    await untilHears('caller', caller, hear(['102']));
    await untilHears('callee', callee, hear(['101']));
    expect(await starts()).toBe(0);
    expect(await refusals()).toMatchObject(
      ['101', '102', '101'].map((member) => ({ moderator: '100', member, purpose: 'training' })),
    );
    for (const fact of await refusals()) expect(fact).not.toHaveProperty('other');
  });

  it('stays closed while one of the two holds it, and afterwards', async () => {
    const known = (await refusals()).length;
    const { caller, callee } = await talkPrivately('102');
    await caller.hold();
    const moderator = await moderate('102#');
    await office.untilRefused('privateCall', known + 1);
    await caller.resume();
    await untilHears('callee', callee, hear(['101']));
    await moderator.pressKeys('102#', 'rfc4733');
    await office.untilRefused('privateCall', known + 2);
    await hearsNobody(moderator);
    expect(await starts()).toBe(0);
  });

  it('stays closed for whoever is left in it by a transfer', async () => {
    const known = (await refusals()).length;
    const { caller, callee } = await talkPrivately('102');
    expect(await caller.refer(`<${office.phone('101').agent.uriOf('103')}>`)).toBe(202);
    const target = await office.phone('103').answer();
    await untilHears('who was transferred', callee, hear(['103']));
    await untilHears('target', target, hear(['102']));
    const moderator = await moderate('102#');
    await office.untilRefused('privateCall', known + 1);
    await hearsNobody(moderator);
    expect(await starts()).toBe(0);
  });

  it('is passed over by a monitor that follows the member, which goes on with the next that is none', async () => {
    const before = await starts();
    const open = await office.talk('101', '102');
    const moderator = await moderate('101#7');
    await untilHears('moderator', moderator, hear(['101', '102']));
    open.caller.hangUp();
    await office.untilMonitorEnded('callEnded');
    const { caller, callee } = await talkPrivately('103');
    await untilHears('callee', callee, hear(['101']));
    await hearsNobody(moderator);
    caller.hangUp();
    await until('the private call to end', () => callee.end);
    await office.talk('101', '103');
    await untilHears('moderator', moderator, hear(['101', '103']));
    expect(await starts()).toBe(before + 2);
  });
});
