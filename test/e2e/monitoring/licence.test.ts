import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { longestGap } from '../../support/audio/gaps.js';
import { sine } from '../../support/audio/tones.js';
import { writeWav } from '../../support/audio/wav.js';
import { MovableClock } from '../../support/clock.js';
import { slowDisk } from '../../support/disks/slow-disk.js';
import { canMount, SmallDisk } from '../../support/disks/small-disk.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { foreignTo, Vendor } from '../../support/vendor.js';
import { until } from '../../support/waiting.js';

const [member, other, moderatorVoice] = [toneOf('101'), toneOf('102'), toneOf('100')];

/** What is spoken to a moderator without a licence, as a tone of its own (Hz), so that it can be told by ear which sentence it is. */
const sentences = {
  'licence-missing': 1500,
  'licence-invalid': 1650,
  'licence-expired': 1800,
  'licence-tier': 1950,
  'licence-clock': 2100,
  'not-available': 2250,
} as const;
type Sentence = keyof typeof sentences;

/** What a busy machine may do to the pace of 20 ms, far from the second of silence that a gap would be. */
const longestGapFrames = 25;

let vendor: Vendor;
beforeAll(async () => {
  vendor = await Vendor.open();
});
afterAll(() => vendor.close());

let office: RunningOffice;
const openOffice = async (environment: Record<string, string> = {}, furnish = async (_folder: string) => {}) => {
  office = await RunningOffice.open({}, ['100', '109', '101', '102'], {
    program: vendor.program,
    board: 'modcall-hat',
    environment,
    furnish: async (folder) => {
      await furnish(folder);
      const prompts = join(folder, 'prompts/en');
      await mkdir(prompts, { recursive: true });
      for (const [name, hertz] of Object.entries(sentences)) {
        await writeWav(join(prompts, `${name}.wav`), sine(hertz, -10, 2000));
      }
    },
  });
};

/** The hardware ID as an admin finds it. */
const hardwareId = (): string => {
  const id = office.appliance.log.find(({ msg }) => msg === 'hardware ID')?.hardwareId;
  if (typeof id !== 'string') throw new Error(`there is no hardware ID in the log:\n${office.appliance.logTail()}`);
  return id;
};

const command = (...words: readonly string[]) => office.appliance.command(...words);

const enter = async (key: string) => {
  const { code, said } = await command('licence', 'enter', '--file', key);
  expect(said).toContain('in use from now on');
  expect(code).toBe(0);
};

const verdicts = ['monitoring is licensed', 'the licence needs attention', 'monitoring is not licensed'] as const;

/** Waits until this is the last that the log says of the licence. */
const untilLogged = (verdict: (typeof verdicts)[number], reason?: string) =>
  until(
    () => `the log to say "${verdict}":\n${office.appliance.logTail()}`,
    () => {
      const last = office.appliance.log.findLast(({ msg }) => verdicts.some((each) => each === msg));
      return last?.msg === verdict && last.reason === reason;
    },
  );

/** A moderator dials in, hears this sentence and none of the others, nor either party, and the box hangs up. */
const expectTurnedAway = async (number: string, sentence: Sentence) => {
  const call = await office.call(number, '*55');
  const rest = Object.values(sentences).filter((hertz) => hertz !== sentences[sentence]);
  await untilHears('moderator', call, { present: [sentences[sentence]], absent: [...rest, member, other] });
  await until('the box to hang up', () => call.state === 'ended');
};

const expectListening = (call: SipCall) =>
  untilHears('moderator', call, { present: [member, other], absent: [...Object.values(sentences)] });

const expectTalking = async ({ caller, callee }: { caller: SipCall; callee: SipCall }) => {
  await untilHears('caller', caller, { present: [other], absent: [member, moderatorVoice] });
  await untilHears('callee', callee, { present: [member], absent: [other, moderatorVoice] });
};

afterEach(() => office.close());

describe('a licence key', () => {
  beforeEach(() => openOffice());

  it('is ordered by the ID in the log, issued, and entered while people talk: the moderator gets in', async () => {
    const talk = await office.talk('101', '102');
    await expectTalking(talk);
    const start = performance.now();
    await expectTurnedAway('100', 'licence-missing');
    expect((await office.recorded('refused')).at(-1)).toMatchObject({ reason: 'licenceMissing' });
    expect((await command('licence', 'show')).code).toBe(1);

    await enter(await vendor.issue('ordered', '--kind', 'bought', '--hardware-id', hardwareId()));
    await untilLogged('monitoring is licensed');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await expectListening(moderator);
    expect((await command('licence', 'show')).said).toContain('Licence valid: bought');

    expect((await command('licence', 'remove')).code).toBe(0);
    await untilLogged('monitoring is not licensed', 'licenceMissing');
    await expectTurnedAway('109', 'licence-missing');
    await expectListening(moderator);
    moderator.hangUp();
    await expectTurnedAway('100', 'licence-missing');

    await expectTalking(talk);
    expect(longestGap(talk.caller, other, start), 'gap for the caller').toBeLessThan(longestGapFrames);
    expect(longestGap(talk.callee, member, start), 'gap for the callee').toBeLessThan(longestGapFrames);
    expect(talk.caller.requestsReceived).toEqual([]);
    expect(talk.callee.requestsReceived).toEqual([]);
  });

  it('of another box is refused by name, and lets nobody in when it is put there by hand', async () => {
    const foreignId = foreignTo(hardwareId());
    const key = await vendor.issue('foreign', '--kind', 'bought', '--hardware-id', foreignId);
    const { code, said } = await command('licence', 'enter', '--file', key);
    expect(code).toBe(1);
    expect(said).toContain(foreignId);
    expect(said).toContain(hardwareId());
    await expectTurnedAway('100', 'licence-missing');
    await cp(key, join(office.appliance.folder, 'licence/licence.txt'));
    await untilLogged('monitoring is not licensed', 'licenceInvalid');
    await expectTurnedAway('100', 'licence-invalid');
  });

  it('comes back after a wiped data folder, with the ID, from the backup of the identity', async () => {
    const id = hardwareId();
    const key = await vendor.issue('kept', '--kind', 'bought', '--hardware-id', id);
    const kept = await mkdtemp(join(tmpdir(), 'modcall-kept-'));
    const [backup, passphrase] = [join(kept, 'identity.json'), join(kept, 'passphrase')];
    await writeFile(passphrase, 'an admin in a test\n');
    const secret = ['--passphrase-file', passphrase];
    expect((await command('identity', 'backup', '--output', backup, ...secret)).code).toBe(0);
    await office.appliance.stop();
    for (const wiped of ['identity', 'licence']) {
      await rm(join(office.appliance.folder, wiped), { recursive: true });
    }
    expect((await command('identity', 'restore', backup, ...secret)).said).toContain(id);
    await office.powerCut();
    expect(hardwareId()).toBe(id);
    await enter(key);
    await office.talk('101', '102');
    await expectListening(await office.moderate('100', `${pins[100]}#101#`));
    await rm(kept, { recursive: true });
  });
});

describe('a disk that takes too long', () => {
  let planted: string;
  const answers = () => join(planted, 'answers');
  beforeEach(async () => {
    planted = await mkdtemp(join(tmpdir(), 'modcall-planted-'));
    await writeFile(answers(), '');
  });
  afterEach(() => rm(planted, { recursive: true }));

  const openSlowOffice = async (part: string) => {
    await writeFile(join(planted, 'slow.cjs'), slowDisk(part, answers()));
    await openOffice({ NODE_OPTIONS: `--require ${join(planted, 'slow.cjs')}` });
  };
  const state = async () => JSON.parse((await command('state', 'show', '--json')).said);
  /** What the log says of the licence: a command reads the files by itself, and waits for them. */
  const verdictAdvice = () => office.appliance.log.findLast(({ msg }) => msg === 'monitoring is not licensed')?.advice;

  it.each([
    ['who the box is', '/proc/cpuinfo', 'still reading its hardware ID'],
    ['which licence it has', '/licence/licence.txt', 'could not be read from the disk in time'],
  ])(
    'to tell %s lets nobody in meanwhile, says why, and does once it has told, without a restart',
    async (_what, part, words) => {
      await openSlowOffice(part);
      const id = hardwareId();
      await enter(await vendor.issue(`slow-${part.replaceAll('/', '-')}`, '--kind', 'bought', '--hardware-id', id));
      await rm(answers());
      await office.powerCut();
      const { pid } = office.appliance;
      const talk = await office.talk('101', '102');
      await expectTurnedAway('100', 'not-available');
      expect((await office.recorded('refused')).at(-1)).toMatchObject({ reason: 'licenceUnread' });
      expect(await state()).toMatchObject({ closures: ['licenceUnread'], faults: [{ code: 'leftOut' }] });
      await untilLogged('monitoring is not licensed', 'licenceUnread');
      expect(verdictAdvice()).toContain(words);

      await writeFile(answers(), '');
      await untilLogged('monitoring is licensed');
      expect(hardwareId()).toBe(id);
      await until('nothing to be left out', async () => (await state()).faults.length === 0);
      expect(await state()).toMatchObject({ hardwareId: id, closures: [] });
      await expectListening(await office.moderate('100', `${pins[100]}#101#`));
      await expectTalking(talk);
      expect(office.appliance.pid).toBe(pid);
    },
  );

  it('says what is wrong where what it tells at last is damaged', async () => {
    await openSlowOffice('/proc/cpuinfo');
    await rm(answers());
    await office.powerCut();
    await writeFile(join(office.appliance.folder, 'identity/ssh_host_ed25519_key'), 'damaged');
    await writeFile(answers(), '');
    await untilLogged('monitoring is not licensed', 'licenceInvalid');
    expect(verdictAdvice()).toContain('cannot be found out');
    await until('nothing to be left out', async () => (await state()).faults.length === 0);
    expect(await state()).toMatchObject({ hardwareId: null });
  });
});

describe.skipIf(!canMount)('a full disk', () => {
  let disk: SmallDisk;
  beforeEach(() =>
    openOffice({}, async (folder) => {
      disk = await SmallDisk.under(folder);
    }),
  );
  afterEach(async () => {
    await office.appliance.kill();
    disk.remove();
  });

  it('takes no key into use by half, says what to do, and takes it once there is room', async () => {
    const key = await vendor.issue('full', '--kind', 'bought', '--hardware-id', hardwareId());
    disk.fill();
    const { code, said } = await command('licence', 'enter', '--file', key);
    expect(said).toMatch(/disk of the box does not allow it .*Free some space/);
    expect(code).toBe(3);
    expect((await command('licence', 'show')).code).toBe(1);
    await disk.free();
    await office.powerCut();
    expect((await command('licence', 'show')).code).toBe(1);
    await enter(key);
    await untilLogged('monitoring is licensed');
  });
});

describe('a demo', () => {
  let clock: MovableClock;
  beforeEach(async () => {
    clock = await MovableClock.open();
    await openOffice(clock.environment);
  });
  afterEach(() => clock.close());

  it('warns, ends by the clock, and lets who listens go on to the end; a clock set back does not revive it', async () => {
    await enter(await vendor.issue('demo', '--kind', 'demo', '--hardware-id', hardwareId()));
    await untilLogged('monitoring is licensed');
    const talk = await office.talk('101', '102');
    await clock.setDaysAhead(20);
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await expectListening(moderator);
    await untilLogged('the licence needs attention');

    await clock.setDaysAhead(31);
    await expectTurnedAway('109', 'licence-expired');
    await untilLogged('monitoring is not licensed', 'licenceExpired');
    await expectListening(moderator);
    await expectTalking(talk);
    expect((await command('licence', 'show')).said).toContain('The demo licence expired on');
    moderator.hangUp();
    await expectTurnedAway('100', 'licence-expired');
    expect((await office.recorded('refused')).at(-1)).toMatchObject({ reason: 'licenceExpired' });
    await expectTalking(talk);

    await clock.setDaysAhead(2);
    await expectTurnedAway('100', 'licence-expired');
    await office.hangUp();
    await office.appliance.stop();
    await office.powerCut();
    await expectTurnedAway('100', 'licence-expired');
  });
});
