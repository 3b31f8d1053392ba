import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { residualLevel } from '../../support/audio/tones.js';
import { FakePanel } from '../../support/board/fake-panel.js';
import { pins, toneOf, tones, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { credentials, trunkTo } from '../../support/trunk-office.js';
import { Upstream } from '../../support/upstream.js';
import { until } from '../../support/waiting.js';

const audibleDbfs = -35;

const profile = (id: string, service: string, kind: 'none' | 'announcement') => ({
  ...{ id, name: id, service, moderators: 'leads', members: 'support' },
  interventions: ['whisper', 'barge', 'takeOver'],
  notice: { member: { kind }, other: { kind } },
});

describe('a box that is killed in a call', () => {
  let upstream: Upstream;
  let office: RunningOffice;
  let panel: FakePanel;

  beforeAll(async () => {
    upstream = await Upstream.open(credentials);
    office = await RunningOffice.open(
      {
        trunks: [trunkTo(upstream, { inbound: { extension: '101' } })],
        groups: [
          { id: 'leads', name: 'Leads', members: ['100', '109'] },
          { id: 'support', name: 'Support', number: '200', members: ['101', '102', '103'] },
          { id: 'turns', name: 'Turns', number: '201', members: ['103', '102'], strategy: 'inTurn' },
        ],
        profiles: [
          profile('silent', '*55', 'none'),
          profile('told', '*56', 'announcement'),
          { ...profile('asking', '*57', 'none'), admission: true },
        ],
      },
      undefined,
      {
        furnish: async (folder) => {
          panel = await FakePanel.make(join(folder, 'run'));
        },
      },
    );
  });
  afterEach(() => office.hangUp());
  afterAll(async () => {
    await office.close();
    upstream.close();
  });

  const untilUpstream = () => until('the trunk to be registered', () => upstream.contact);
  const rings = (number: string) =>
    until(`${number} to ring`, () => office.phone(number).incoming.findLast(({ state }) => state === 'ringing'));
  const uriOf = (number: string) => office.phone('101').agent.uriOf(number);
  const untilTalking = (call: SipCall) => until('the call to be answered', () => call.state === 'talking');
  const untilEnded = (call: SipCall) => until('the call to end', () => call.end);
  const untilSpoken = (call: SipCall) =>
    until('speech', () => residualLevel(call.audio.heard(400), Object.values(tones)) > audibleDbfs);
  const untilRecorded = (type: string, about: object) =>
    until(`${type} in the record`, async () =>
      (await office.recorded(type)).some((fact) => Object.entries(about).every(([key, value]) => fact[key] === value)),
    );
  const parks = async () => {
    const { caller, callee } = await office.talk('104', '101');
    expect(await callee.refer(`<${uriOf('*01')}>`)).toBe(202);
    await untilEnded(callee);
    await untilSpoken(caller);
  };
  const consults = async () => {
    const { callee: first, caller: waits } = await office.talk('102', '101');
    await first.hold();
    const second = await office.call('101', '103');
    return { first, second, waits };
  };
  const presses = async (key: string, mode: string) => {
    const { moderator } = await office.listening();
    await moderator.pressKeys(key, 'rfc4733');
    await untilRecorded('modeChanged', { mode });
  };

  const moments: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['that rings', async () => [await office.call('101', '102'), await rings('102')]],
    [
      'that has early media from outside',
      async () => {
        await untilUpstream();
        upstream.agent.onCall = (call) => call.ring(183, { audio: true });
        const caller = await office.call('101', '030555');
        await until('the network to be heard', () => caller.remoteAudio);
      },
    ],
    ['that is answered', () => office.talk('101', '102')],
    [
      'that is on hold',
      async () => {
        const { callee } = await office.talk('101', '102');
        await callee.hold();
      },
    ],
    [
      'that a telephone has forwarded',
      async () => {
        await office.call('104', '102');
        (await rings('102')).forward(uriOf('103'));
        await rings('103');
      },
    ],
    [
      'that rings in turn in a group',
      async () => {
        await office.call('104', '201');
        (await rings('103')).refuse(486);
        await rings('102');
      },
    ],
    ['that is parked', parks],
    [
      'that was taken from its place',
      async () => {
        await parks();
        await untilTalking(await office.call('102', '*01'));
      },
    ],
    [
      'that was picked up',
      async () => {
        await office.call('104', '101');
        await rings('101');
        await untilTalking(await office.call('102', '*8'));
      },
    ],
    [
      'that is transferred blindly',
      async () => {
        const { callee } = await office.talk('102', '101');
        expect(await callee.refer(`<${uriOf('103')}>`)).toBe(202);
        await rings('103');
      },
    ],
    [
      'that is half-way through a transfer',
      async () => {
        const { second } = await consults();
        await office.phone('103').answer();
        await untilTalking(second);
      },
    ],
    [
      'that is transferred while the target still rings',
      async () => {
        const { first, second } = await consults();
        await rings('103');
        await until('the ringing to be told', () => second.state === 'ringing');
        expect(await first.refer(`<${uriOf('103')}?Replaces=${second.asReplaces}>`)).toBe(202);
        await untilEnded(second);
      },
    ],
    ['that is listened to', () => office.listening()],
    ['in which a moderator whispers', () => presses('5', 'whisper')],
    ['into which a moderator has barged', () => presses('6', 'barge')],
    [
      'that a moderator has taken over',
      async () => {
        const { moderator, member } = await office.listening();
        await moderator.pressKeys('8', 'rfc4733');
        await untilEnded(member);
      },
    ],
    [
      'in which a PIN is being keyed',
      async () => {
        const call = await office.call('100', '*55');
        await untilTalking(call);
        await call.pressKeys(pins[100].slice(0, 3), 'rfc4733');
      },
    ],
    [
      'in which the parties are just told that somebody listens',
      async () => {
        const { caller } = await office.talk('101', '102');
        const moderator = await office.call('100', '*56');
        await untilTalking(moderator);
        await moderator.pressKeys(`${pins[100]}#101#`, 'rfc4733');
        await untilSpoken(caller);
      },
    ],
    [
      'into which a moderator asks to be let',
      async () => {
        await office.talk('101', '102');
        const moderator = await office.call('100', '*57');
        await untilTalking(moderator);
        await moderator.pressKeys(`${pins[100]}#101#`, 'rfc4733');
        await untilRecorded('admissionAsked', { member: '101' });
      },
    ],
    [
      'to the emergency services',
      async () => {
        await untilUpstream();
        upstream.agent.onCall = (call) => call.accept();
        await untilTalking(await office.call('101', '112'));
      },
    ],
  ];

  it.each(moments)('%s is clean again after its next start', async (_what, moment) => {
    await moment();
    await office.powerCut();
    await recordIsWhole();
    await until('the monitor LED to be dark', () => !panel.isLit('monitorLamp'));
    expect(office.appliance.log.filter(({ level }) => level === 'error')).toEqual([]);
    await everybodyIsFree();
    const { member, other, moderator } = await office.listening();
    await until('the monitor LED to be lit', () => panel.isLit('monitorLamp'));
    moderator.hangUp();
    await office.untilTalkingAlone(member, other);
  });

  /** Whatever has begun has an end in it, too. */
  const recordIsWhole = async () => {
    const times = async (type: string) => (await office.recorded(type)).length;
    expect(await times('ended')).toBe(await times('started'));
    expect(await times('admissionEnded')).toBe(await times('admissionAsked'));
    expect(await times('dialogueEnded')).toBe(await times('attempt'));
  };

  const everybodyIsFree = async () => {
    const caller = await office.call('104', '200');
    const branches = await Promise.all(['101', '102', '103'].map(rings));
    caller.hangUp();
    for (const branch of branches) await untilEnded(branch);
  };

  it.each([
    ['the power is cut, but not how long it was', null, () => office.powerCut()],
    ['it is stopped', expect.any(Number), () => office.restart()],
  ])('has a record of the call when %s', async (_what, talkedSeconds, end) => {
    await until('the calls of before to be off the disk', async () => !(await openCalls()).includes('answeredBy'));
    const before = new Set((await cutCalls()).map(({ started }) => started));
    // A power cut may take the records of the last seconds, so that there are not always more than before.
    const made = async () => (await cutCalls()).filter(({ started }) => !before.has(started));
    await office.talk('101', '102');
    await until('the answered call to be on disk', async () => (await openCalls()).includes('"answeredBy":"102"'));
    await end();
    await until('its record', async () => (await made()).length > 0);
    expect(await made()).toMatchObject([{ from: '101', to: '102', answeredBy: '102', talkedSeconds }]);
    await until('nothing to be left to be recorded', async () => (await openCalls()) === '[]\n');
  });

  const openCalls = () => readFile(join(office.appliance.folder, 'calls', 'open.json'), 'utf8').catch(() => '');

  interface CutCall {
    readonly started: string;
    readonly cause: string;
  }

  const cutCalls = async (): Promise<readonly CutCall[]> => {
    const { said } = await office.appliance.command('calls', 'records', '--json');
    return JSON.parse(said).entries.filter(({ cause }: CutCall) => cause === 'boxStopped');
  };

  it('keeps what was ordered by code, and does as it says', async () => {
    const order = await office.call('103', '*67*104#');
    await untilSpoken(order);
    await untilEnded(order);
    await office.talk('101', '102');
    await office.powerCut();
    await office.call('101', '103');
    (await rings('103')).refuse(486);
    const onward = await office.phone('104').answer();
    await untilHears('who is reached', onward, { present: [toneOf('101')], absent: [] });
  });

  it('has a record that is sound after all that', async () => {
    expect(await office.appliance.command('audit', 'verify')).toMatchObject({ code: 0 });
  });
});
