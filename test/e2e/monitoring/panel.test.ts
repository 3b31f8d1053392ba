import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Pattern } from '../../../src/indication/lamps.js';
import { Appliance } from '../../support/appliance.js';
import { FakePanel } from '../../support/board/fake-panel.js';
import { untilShown } from '../../support/board/lamp-watch.js';
import { CommandLine } from '../../support/command-line.js';
import { officeSettings, pins, tones, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';

type LampName = 'monitorLamp' | 'statusLamp';

const members = [tones['101'] ?? 0, tones['102'] ?? 0];
const hearsBoth = { present: members, absent: [] };
const hearsNobody = { present: [], absent: members };
const inRuntime = (folder: string) => join(folder, 'run');

describe('the front panel of the running box', () => {
  let office: RunningOffice;
  let panel: FakePanel;

  beforeAll(async () => {
    office = await RunningOffice.open({ privacyMinutes: 1 }, undefined, {
      furnish: async (folder) => {
        panel = await FakePanel.make(inRuntime(folder));
      },
    });
  });
  afterEach(() => office.hangUp());
  afterAll(() => office.close());

  const logged = (msg: string) => office.appliance.log.filter((entry) => entry.msg === msg);

  async function hold(ms: number): Promise<void> {
    await panel.setButton(true);
    await pause(ms);
    await panel.setButton(false);
  }

  it('has a steady status LED, and a dark monitor LED while people talk among themselves', async () => {
    await office.talk('101', '102');
    await expectPattern(panel, 'statusLamp', 'steady');
    await expectPattern(panel, 'monitorLamp', 'dark');
  });

  it('shows listening, whispering and barging, and goes dark', async () => {
    await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, hearsBoth);
    await expectPattern(panel, 'monitorLamp', 'steady');
    for (const [digit, pattern] of [
      ['5', 'slowBlink'],
      ['6', 'fastBlink'],
      ['4', 'steady'],
    ] as const) {
      await moderator.pressKeys(digit, 'rfc4733');
      await expectPattern(panel, 'monitorLamp', pattern);
    }
    moderator.hangUp();
    await expectPattern(panel, 'monitorLamp', 'dark');
  });

  it('writes to the log how the box is when the button is held for 3 s, and only that', async () => {
    await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, hearsBoth);
    await hold(4000);
    const [report] = await until('the report', () => {
      const reports = logged('the button was held for the state of the box');
      return reports.length > 0 && reports;
    });
    expect(report).toMatchObject({ phones: 6, calls: 1, moderators: 1, isLicensed: true, privateForSeconds: null });
    expect(report?.hardwareId).toBe(logged('hardware ID')[0]?.hardwareId);
    expect(Array.isArray(report?.addresses)).toBe(true);
    await untilHears('moderator', moderator, hearsBoth);
    expect(await office.recorded('adminPasswordReset')).toEqual([]);
  });

  it('makes a backup when the button is held, once that is set up, and shows with the status LED how that goes', async () => {
    const shell = new CommandLine(office.appliance.folder);
    const plan = ['--place', 'box', '--occasion', 'button'];
    const set = await shell.run(['backup-schedule', 'set', ...plan], { input: 'a passphrase for backups\n' });
    expect([set.code, set.err]).toEqual([0, '']);
    const backups = join(office.appliance.folder, 'backups');
    await hold(3500);
    await until('the backup', () => logged('the button was held: a backup is made').length === 1);
    expect(await readdir(backups)).toEqual([expect.stringMatching(/^modcall-.*\.backup$/)]);
    await expectPattern(panel, 'statusLamp', 'steady');
    await rm(backups, { recursive: true });
    await writeFile(backups, 'in the way');
    await hold(3500);
    await expectPattern(panel, 'statusLamp', 'doubleBlink');
    expect(logged('a backup could not be made')).toHaveLength(1);
    await rm(backups);
    await hold(3500);
    await until('the other backup', () => logged('the button was held: a backup is made').length === 2);
    await expectPattern(panel, 'statusLamp', 'steady');
    expect((await shell.run(['backup-schedule', 'remove'])).code).toBe(0);
  });

  it('confirms with both LEDs that 10 s are over, and makes a one-time code in the log, which the record does not have', async () => {
    await panel.setButton(true);
    await expectPattern(panel, 'monitorLamp', 'fastBlink');
    await expectPattern(panel, 'statusLamp', 'fastBlink');
    await panel.setButton(false);
    await until('the record', async () => (await office.recorded('adminPasswordReset')).length === 1);
    expect(await office.recorded('adminPasswordReset')).toEqual([{ type: 'adminPasswordReset', hadPassword: false }]);
    const [reset] = logged('the button was held: this one-time code sets the password of an admin');
    expect(reset?.code).toMatch(/^\d{4}-\d{4}-\d{4}$/);
    await expectPattern(panel, 'monitorLamp', 'dark');
  });

  it('ends every monitor and opens no other at a short press; the call goes on', async () => {
    const { caller, callee } = await office.talk('101', '102');
    const moderators = [
      await office.moderate('100', `${pins[100]}#101#`),
      await office.moderate('109', `${pins[109]}#102#`),
    ];
    for (const moderator of moderators) await untilHears('moderator', moderator, hearsBoth);
    await hold(100);
    for (const moderator of moderators) await untilHears('moderator', moderator, hearsNobody);
    await expectPattern(panel, 'monitorLamp', 'dark');
    await until('both ends in the record', async () => {
      const ends = await office.recorded('ended');
      return ends.filter(({ reason }) => reason === 'endedByButton').length === 2;
    });
    await office.call('100', '*55');
    await office.untilRefused('endedByButton');
    await untilHears('caller', caller, { present: [tones['102'] ?? 0], absent: [] });
    await untilHears('callee', callee, { present: [tones['101'] ?? 0], absent: [] });
  });

  it('takes no notice of other keys and of noise on the way', async () => {
    const before = office.appliance.log.length;
    await panel.write(Buffer.from('no event at all, and more than 24 octets of it'.padEnd(48, '!')));
    await pause(500);
    expect(office.appliance.log.slice(before).filter(({ level }) => level === 'error')).toEqual([]);
    const reports = () => logged('the button was held for the state of the box').length;
    const reported = reports();
    await hold(3500);
    await until('another report', () => reports() === reported + 1);
  });
});

describe('the privacy of the button', () => {
  it.each(['a power cut', 'a stop'])('outlives %s: nobody is let in, and the LEDs are as before', async (end) => {
    let panel: FakePanel | undefined;
    const office = await RunningOffice.open({ privacyMinutes: 15 }, undefined, {
      furnish: async (folder) => {
        panel = await FakePanel.make(inRuntime(folder));
      },
    });
    if (!panel) throw new Error('there is no front panel');
    const expectPrivate = async (refusals: number) => {
      const { caller, callee } = await office.talk('101', '102');
      const moderator = await office.call('100', '*55');
      await office.untilRefused('endedByButton', refusals);
      await untilHears('moderator', moderator, hearsNobody);
      await untilHears('caller', caller, { present: [tones['102'] ?? 0], absent: [] });
      await untilHears('callee', callee, { present: [tones['101'] ?? 0], absent: [] });
      if (panel) await expectPattern(panel, 'monitorLamp', 'dark');
      if (panel) await expectPattern(panel, 'statusLamp', 'steady');
    };
    await panel.setButton(true);
    await pause(100);
    await panel.setButton(false);
    await expectPrivate(1);
    if (end === 'a stop') await office.appliance.stop();
    await office.powerCut();
    await expectPrivate(2);
    expect(await office.recorded('started')).toEqual([]);
    await office.close();
  });
});

describe('a board without a part', () => {
  let appliance: Appliance;
  let panel: FakePanel;

  afterEach(() => appliance.remove());

  it('starts with what is there, says what is missing, and takes it when it appears', async () => {
    appliance = await Appliance.start(await officeSettings(), {
      furnish: async (folder) => {
        panel = await FakePanel.make(inRuntime(folder));
        await panel.takeAway('statusLamp');
        await panel.takeAway('button');
      },
    });
    const told = (msg: string) => appliance.log.filter((entry) => entry.msg === msg);
    expect(told('a part of the front panel does not work')).toMatchObject([
      { part: 'statusLamp', reason: expect.stringContaining(panel.path('statusLamp')) },
      { part: 'button', reason: expect.stringContaining(panel.path('button')) },
    ]);
    await panel.putBack('statusLamp');
    await panel.putBack('button');
    // No phone has registered yet.
    await expectPattern(panel, 'statusLamp', 'slowBlink');
    await until('both to be told of', () => told('a part of the front panel works again').length === 2);
    await panel.setButton(true);
    await pause(3500);
    await panel.setButton(false);
    await until('the report', () => told('the button was held for the state of the box').length === 1);
    await appliance.stop();
    expect(panel.isLit('statusLamp')).toBe(false);
  });

  it('starts without any', async () => {
    appliance = await Appliance.start(await officeSettings());
    const parts = appliance.log.filter(({ msg }) => msg === 'a part of the front panel does not work');
    expect(parts.map(({ part }) => part)).toEqual(['monitorLamp', 'statusLamp', 'button']);
  });
});

/** Waits until the file of the LED shows the pattern. */
const expectPattern = (panel: FakePanel, lamp: LampName, pattern: Pattern): Promise<void> =>
  untilShown(lamp, () => panel.isLit(lamp), pattern);
