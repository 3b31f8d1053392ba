import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BoxAdmin } from '../../support/box-admin.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';

const port = 18_444;

describe('settings that cannot be used at a start', () => {
  let office: RunningOffice;
  let admin: BoxAdmin;
  let file: string;

  beforeAll(async () => {
    ({ office, admin } = await officeWithAdmin(port));
    file = join(office.appliance.folder, 'settings.json');
  });
  afterAll(async () => {
    admin.close();
    await office.close();
  });

  const shown = async () => (await admin.ask('GET', '/api/settings')).body as { version: number; settings: object };
  const state = async () => (await admin.ask('GET', '/api/state')).body;

  /** Starts with a broken file, and finds that nobody may listen. */
  async function startBroken(refusals: number): Promise<void> {
    await office.hangUp();
    await office.appliance.stop();
    await writeFile(file, 'rubbish');
    await office.restart();
    await admin.signIn(office.appliance);
    expect(await state()).toMatchObject({ settings: 'lastGood' });
    expect((await admin.ask('GET', '/healthz')).body).toMatchObject({ status: 'degraded' });
    await office.moderate('100', '');
    await office.untilRefused('settingsLost', refusals);
  }

  async function untilFound(times: number): Promise<void> {
    await until(
      () => `good settings to be found:\n${office.appliance.logTail()}`,
      async () => (await office.recorded('settingsFound')).length === times,
    );
    expect(await state()).toMatchObject({ settings: 'sound' });
    await office.listening();
  }

  it('leave in use what was changed last, and let nobody listen until a version is restored', async () => {
    const { version, settings } = await shown();
    expect(
      (await admin.ask('PUT', '/api/settings', { settings: { ...settings, ringSeconds: 31 } }, version)).status,
    ).toBe(200);
    await startBroken(1);
    expect(await shown()).toMatchObject({ version: version + 1, settings: { ringSeconds: 31 } });
    expect((await admin.ask('POST', `/api/settings/versions/${version + 1}/restore`, {}, version + 1)).status).toBe(
      200,
    );
    await untilFound(1);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ ringSeconds: 31 });
  });

  it('are done with as soon as somebody has mended the file', async () => {
    const good = await readFile(file, 'utf8');
    await startBroken(2);
    await writeFile(file, good.replace('"ringSeconds": 31', '"ringSeconds": 32'));
    await untilFound(2);
    expect(await shown()).toMatchObject({ by: { kind: 'file' }, settings: { ringSeconds: 32 } });
    expect((await office.recorded('settingsChanged')).at(-1)).toMatchObject({
      byKind: 'file',
      changes: [{ path: ['ringSeconds'], before: 31, after: 32 }],
    });
    expect((await office.recorded('settingsLost')).map(({ instead }) => instead)).toEqual(['lastGood', 'lastGood']);
  });
});
