import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { residualLevel } from '../../support/audio/tones.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { toneVoice } from '../../support/rtp/voice.js';
import type { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { outsideTone, TrunkOffice } from '../../support/trunk-office.js';
import { until } from '../../support/waiting.js';

const audibleDbfs = -35;
const excluded = '+4930777';

describe('forwarding and do not disturb', () => {
  let trunk: TrunkOffice;
  let office: RunningOffice;

  beforeAll(async () => {
    trunk = await TrunkOffice.open({
      trunk: { inbound: { extension: '101' } },
      settings: { exclusions: { extensions: [], numbers: [excluded] } },
      onCall(call) {
        call.audio.say(toneVoice(outsideTone));
        call.accept();
      },
    });
    ({ office } = trunk);
  });
  afterEach(() => trunk.hangUp());
  afterAll(() => trunk.close());

  const untilEnded = (call: SipCall) => until('a call to end', () => call.end);
  const untilSpoken = (call: SipCall) =>
    until('speech', () => residualLevel(call.audio.heard(400), ['101', '102', '103', '104'].map(toneOf)) > audibleDbfs);

  const rings = (number: string) =>
    until(`${number} to ring`, () => office.phone(number).incoming.findLast(({ state }) => state === 'ringing'));

  /** Dials a code, hears it confirmed, and the box hangs up. */
  async function confirmed(from: string, code: string): Promise<void> {
    const call = await office.call(from, code);
    await until('the code to be answered', () => call.state === 'talking');
    await untilSpoken(call);
    expect(await untilEnded(call)).toMatchObject({ by: 'them' });
  }

  it('*21* is confirmed with a sentence, and then the call is put through and listened to as any other', async () => {
    await confirmed('102', '*21*103#');
    const caller = await office.call('104', '102');
    const reached = await office.phone('103').answer();
    expect(office.phone('102').incoming).toEqual([]);
    await untilHears('caller', caller, { present: [toneOf('103')], absent: [toneOf('102')] });
    await untilHears('reached', reached, { present: [toneOf('104')], absent: [toneOf('102')] });
    const moderator = await office.moderate('100', `${pins[100]}#103#`);
    await untilHears('moderator', moderator, { present: [toneOf('103'), toneOf('104')], absent: [toneOf('102')] });
    await confirmed('102', '#21#');
    expect(await office.recorded('callHandlingChanged')).toMatchObject([
      { by: '102', byKind: 'telephone', extension: '102', always: '103' },
      { extension: '102', always: null },
    ]);
  });

  it('what was confirmed outlives a power cut', async () => {
    await confirmed('102', '*61*030555');
    await office.powerCut();
    await until('the trunk to be registered', () => trunk.upstream.contact);
    await confirmed('102', '*#61#');
    const caller = await office.call('104', '102');
    (await rings('102')).refuse(480);
    await untilHears('caller', caller, { present: [outsideTone], absent: [toneOf('102')] });
    await confirmed('102', '#61#');
  });

  it('a phone that is busy, and *26#, send the caller to the number for that', async () => {
    await confirmed('102', '*67*103#');
    const first = await office.call('104', '102');
    (await rings('102')).refuse(486);
    await office.phone('103').answer();
    await untilHears('caller', first, { present: [toneOf('103')], absent: [] });
    first.hangUp();
    await untilEnded(first);
    await confirmed('102', '*26#');
    await confirmed('102', '#67#');
    const second = await office.call('104', '102');
    expect(await untilEnded(second)).toMatchObject({ status: 486 });
    await confirmed('102', '#26#');
  });

  it.each(['*21*112#', '*21*999999#', '*21**55#', '*21*102#'])(
    '%s is refused with a sentence that is not answered, and changes nothing',
    async (code) => {
      const call = await office.call('102', code);
      await untilSpoken(call);
      await untilEnded(call);
      expect(call.state).toBe('ended');
      const caller = await office.call('104', '102');
      await office.phone('102').answer();
      await untilHears('caller', caller, { present: [toneOf('102')], absent: [] });
    },
  );

  it('a member’s call that is forwarded to an excluded number outside is closed to moderators', async () => {
    await confirmed('102', '*21*0030777#');
    const member = await office.call('101', '102');
    await untilHears('member', member, { present: [outsideTone], absent: [] });
    await office.moderate('100', `${pins[100]}#101#`);
    await office.untilRefused('excluded');
    await confirmed('102', '#21#');
  });
});

describe.each([
  ['none', undefined, undefined],
  ['diversion', /^<sip:4930555102@[^>]+>$/, undefined],
  ['historyInfo', undefined, /^<sip:4930555102@[^>]+>;index=1, <sip:030555@[^>]+>;index=1\.1;mp=1$/],
])('a trunk with the diversion %s', (diversion, expectedDiversion, expectedHistory) => {
  let trunk: TrunkOffice;

  beforeAll(async () => {
    trunk = await TrunkOffice.open({
      trunk: { inbound: { extension: '101' }, callerId: '4930555102', diversion },
      onCall: (call) => call.ring(180, { audio: false }),
    });
  });
  afterAll(() => trunk.close());

  it('is told so who has forwarded a call, and nothing else of a call that nobody has', async () => {
    const { office } = trunk;
    await office.call('104', '102');
    const phone = office.phone('102');
    (await until('102 to ring', () => phone.incoming.find(({ state }) => state === 'ringing'))).forward(
      phone.agent.uriOf('0030555'),
    );
    const forwarded = (await trunk.ringsOutside()).invite.headers;
    expect([forwarded.get('Diversion'), forwarded.get('History-Info')]).toEqual(
      [expectedDiversion, expectedHistory].map((wanted) => wanted && expect.stringMatching(wanted)),
    );
    await trunk.hangUp();
    await office.call('104', '0030555');
    const { headers } = (await trunk.ringsOutside()).invite;
    expect([headers.get('Diversion'), headers.get('History-Info')]).toEqual([undefined, undefined]);
  });
});
