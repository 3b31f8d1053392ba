import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lampIn, RawWatcher } from '../../native/support/raw-watcher.js';
import { totalLevel } from '../../support/audio/tones.js';
import { officeSettings, passwordOf, pins, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

const everybody = ['100', '101', '102', '103'];
const hear = (...numbers: readonly string[]) => ({
  present: numbers.map(toneOf),
  absent: everybody.filter((number) => !numbers.includes(number)).map(toneOf),
});
/** Below what G.711 makes of the quietest sample (dBFS). */
const silence = -65;

describe('where members let the moderator in', () => {
  let office: RunningOffice;

  beforeAll(async () => {
    const settings = (await officeSettings()) as { profiles: object[] };
    const profiles = settings.profiles.map((profile) => ({ ...profile, admission: true }));
    office = await RunningOffice.open({ profiles }, everybody);
  });
  afterEach(() => office.hangUp());
  afterAll(() => office.close());

  const count = async (type: string) => (await office.recorded(type)).length;
  const untilMore = async (type: string, than: number) =>
    until(`another ${type}`, async () => (await count(type)) > than);

  /** 100 asks for the calls of 101, and is no longer spoken to. */
  const ask = async (): Promise<SipCall> => {
    const before = await count('admissionAsked');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilMore('admissionAsked', before);
    await staysSilent(moderator);
    return moderator;
  };
  const staysSilent = (call: SipCall) =>
    until('a second and a half without any sound', () => totalLevel(call.audio.heard(1500)) < silence);
  const letIn = async (party: SipCall) => {
    const before = await count('letIn');
    await party.pressKeys('*1', 'rfc4733');
    await untilMore('letIn', before);
  };

  it('there is silence before everybody has, and their tones afterwards', async () => {
    const { caller, callee } = await office.talk('101', '102');
    const moderator = await ask();
    await letIn(caller);
    await staysSilent(moderator);
    await letIn(callee);
    await untilHears('moderator', moderator, hear('101', '102'));
    await untilHears('caller', caller, hear('102'));
    await untilHears('callee', callee, hear('101'));
    expect(await office.recorded('letIn')).toMatchObject([
      { extension: '101', way: 'keys', moderator: '100' },
      { extension: '102', way: 'keys', moderator: '100' },
    ]);
  });

  it('there is silence again once somebody else comes into the call, until they have, too', async () => {
    const { caller, callee } = await office.talk('101', '102');
    const moderator = await ask();
    await letIn(caller);
    await letIn(callee);
    await untilHears('moderator', moderator, hear('101', '102'));
    expect(await callee.refer(`<${office.phone('102').agent.uriOf('103')}>`)).toBe(202);
    const target = await office.phone('103').answer();
    await untilHears('target', target, hear('101'));
    await staysSilent(moderator);
    await letIn(caller);
    await staysSilent(moderator);
    await letIn(target);
    await untilHears('moderator', moderator, hear('101', '103'));
  });

  it('a code that is dialled lets in, too, and *00 ends it', async () => {
    const { caller, callee } = await office.talk('101', '102');
    const moderator = await ask();
    await letIn(callee);
    const before = await count('letIn');
    await office.call('101', '*1');
    await untilMore('letIn', before);
    await untilHears('moderator', moderator, hear('101', '102'));
    await office.call('101', '*00');
    await until('the moderator to be released', () => moderator.end);
    await untilHears('caller', caller, hear('102'));
  });

  it('who is turned down has heard nothing, and is released', async () => {
    const { caller, callee } = await office.talk('101', '102');
    const starts = await count('started');
    const moderator = await ask();
    await callee.pressKeys('*0', 'rfc4733');
    await office.untilRefused('notLetIn');
    await until('the moderator to be released', () => moderator.end);
    await untilHears('caller', caller, hear('102'));
    expect(await count('started')).toBe(starts);
  });

  it('who is not answered has heard nothing, and may ask again', async () => {
    const known = (await office.recorded('refused')).filter(({ reason }) => reason === 'notLetIn').length;
    const { caller, callee } = await office.talk('101', '102');
    const moderator = await ask();
    await office.untilRefused('notLetIn', known + 1);
    await moderator.pressKeys('101#', 'rfc4733');
    await letIn(caller);
    await letIn(callee);
    await untilHears('moderator', moderator, hear('101', '102'));
  });

  it('the lamps of keys on their phones blink until they have, and are lit while they are listened to', async () => {
    const watchers: RawWatcher[] = [];
    for (const username of ['101', '102']) {
      const watcher = await RawWatcher.open(office.appliance.address('udp').port, {
        username,
        password: passwordOf(username),
      });
      watchers.push(watcher);
      await watcher.register();
      expect((await watcher.subscribe('*1')).status).toBe(200);
    }
    const untilShown = (...lamps: readonly string[]) =>
      until(
        () => `the lamps to be ${lamps}`,
        () => watchers.every(({ told }, index) => told.length > 0 && lampIn(told.at(-1)?.text ?? '') === lamps[index]),
      );
    await untilShown('idle', 'idle');
    const { caller, callee } = await office.talk('101', '102');
    await ask();
    await untilShown('early', 'early');
    await letIn(caller);
    await untilShown('idle', 'early');
    await letIn(callee);
    await untilShown('confirmed', 'confirmed');
    await office.hangUp();
    await untilShown('idle', 'idle');
    for (const watcher of watchers) watcher.close();
  });
});
