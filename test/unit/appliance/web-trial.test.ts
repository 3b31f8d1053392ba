import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settingsPartOperations } from '../../../src/admin/settings/settings-part-operations.js';
import { webOperations } from '../../../src/admin/web-operations.js';
import { WebTrial } from '../../../src/appliance/faces/web-trial.js';
import type { WebSettings } from '../../../src/store/settings/confirmed-web.js';
import { callerOf } from '../../doubles/access.js';
import { until } from '../../support/waiting.js';
import { person } from '../admin/box.js';
import { run, SettingsTestBox } from '../admin/settings/settings-box.js';
import { sampleSettings } from '../store/settings/sample-settings.js';

const before: NonNullable<WebSettings> = {
  address: '0.0.0.0',
  port: 8443,
  encrypted: true,
  plainPort: null,
  names: [],
};
const moved = { ...before, port: 9443 };
const console_ = { ...person('root', ['admin']), kind: 'console' } as const;
const never = 3_600_000;

let box: SettingsTestBox;
let trial: WebTrial;
let served: WebSettings;

/** The box as a start finds it. */
async function start(patienceMs = never, folder = '', settings = { ...sampleSettings(), web: before }): Promise<void> {
  box = await SettingsTestBox.open(settings, {
    folder,
    async follow(version) {
      await trial.follow(version);
      served = version.settings.web;
    },
  });
  served = settings.web;
  trial = await WebTrial.open({
    path: join(box.folder, 'web-confirmed.json'),
    settings: box.settings,
    served: () => served,
    log: { warn() {}, error() {} } as never,
    patienceMs,
  });
}

/** The same after its power was cut. */
const restart = (patienceMs = never) => {
  trial.stop();
  return start(patienceMs, box.folder, { ...sampleSettings(), ...box.present, web: box.present.web ?? before });
};

const ask = (name: string, input: object = {}, caller = person('ada')) =>
  run<never>(
    [...settingsPartOperations, ...webOperations],
    { settings: box.settings, webTrial: trial } as never,
    name,
    input,
    caller,
  );
const move = (web: object, caller = person('ada')) => ask('settings change', { web }, caller);

beforeEach(() => start());
afterEach(async () => {
  trial.stop();
  await box.close();
});

describe('a move of the page by the page', () => {
  test('is on trial until whoever moved it confirms that it is found there', async () => {
    expect(await ask('web show')).toMatchObject({ web: before, trial: null });
    await move({ port: 9443 });
    expect(await ask('web show')).toMatchObject({ version: 2, web: moved, trial: { by: 'ada', before } });
    await expect(ask('web confirm', {}, person('eve'))).rejects.toMatchObject({
      kind: 'forbidden',
      problem: { code: 'web.notYours', params: { by: 'ada' } },
    });
    expect(await ask('web confirm')).toMatchObject({ web: moved, trial: null });
    await expect(ask('web confirm')).rejects.toMatchObject({ problem: { code: 'web.nothingToConfirm' } });
    await restart(1);
    expect(await ask('web show')).toMatchObject({ web: moved, trial: null });
  });

  test('is taken back by itself when nobody does, and the record says that nobody did', async () => {
    trial.stop();
    await box.close();
    await start(200);
    await move({ port: 9443 });
    await until('the page to be where it was', () => box.present.web?.port === before.port);
    expect(await ask('web show')).toMatchObject({ version: 3, web: before, trial: null });
    expect(box.facts.map(({ by, byKind }) => [by, byKind])).toEqual([
      ['ada', 'user'],
      ['', 'box'],
    ]);
  });

  test('is still on trial after a power cut, and is taken back then, too', async () => {
    await move({ port: 9443 });
    await restart();
    expect(await ask('web show')).toMatchObject({ web: moved, trial: { by: 'ada', before } });
    await restart(1);
    await until('the page to be where it was', () => box.present.web?.port === before.port);
  });

  test('is no secret way out: only the place counts at which the box is really served', async () => {
    await move({ port: 9443 });
    served = before;
    await expect(ask('web confirm')).rejects.toMatchObject({ kind: 'conflict', problem: { code: 'web.notThere' } });
  });

  test('can be taken back at once by any admin, and by whoever made it, in other ways too', async () => {
    await move({ port: 9443 });
    expect(await ask('web revert', {}, console_)).toMatchObject({ web: before, trial: null });
    await move({ port: 9443 });
    await move({ port: 8443 });
    expect(await ask('web show')).toMatchObject({ web: before, trial: null });
    await expect(ask('web revert')).rejects.toMatchObject({ problem: { code: 'web.nothingToConfirm' } });
  });

  test('is confirmed by nobody from the moment on in which it is taken back', async () => {
    await move({ port: 9443 });
    const back = ask('web revert');
    await expect(ask('web confirm')).rejects.toMatchObject({
      kind: 'conflict',
      problem: { code: 'web.nothingToConfirm' },
    });
    expect(await back).toMatchObject({ web: before, trial: null });
  });

  test('is on trial again where it cannot be taken back', async () => {
    await move({ port: 9443 });
    const inTheWay = join(box.folder, `settings.json.${process.pid}.pending`);
    await mkdir(inTheWay);
    await expect(ask('web revert')).rejects.toThrow();
    await rmdir(inTheWay);
    expect(await ask('web show')).toMatchObject({ web: moved, trial: { by: 'ada' } });
    expect(await ask('web revert')).toMatchObject({ web: before, trial: null });
  });

  test('is not confirmed by what others change meanwhile, and begins anew with the next move', async () => {
    await move({ port: 9443 });
    await ask('settings change', { ringSeconds: 44 }, console_);
    await ask('settings change', { ringSeconds: 45 }, person('eve'));
    expect(trial.running).toMatchObject({ by: 'ada', before });
    await move({ port: 9444 }, person('eve'));
    expect(trial.running).toMatchObject({ by: 'eve', before });
  });
});

test.each([
  ['at the box itself', console_],
  ['by a program', { ...callerOf('admin'), kind: 'token' } as const],
])('a move %s counts at once', async (_where, caller) => {
  await move({ port: 9443 }, caller);
  expect(trial.running).toBeNull();
  await restart();
  expect(await ask('web show')).toMatchObject({ web: moved, trial: null });
});

test('other names of the box are no move', async () => {
  await move({ names: ['office'] });
  expect(trial.running).toBeNull();
  await move({ port: 9443 });
  expect(trial.running).toMatchObject({ before: { ...before, names: ['office'] } });
});
