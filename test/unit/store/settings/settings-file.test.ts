import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removePendingFiles } from '../../../../src/store/files/durable-file.js';
import { SettingsError } from '../../../../src/store/settings/settings-faults.js';
import { parseSettings, SettingsFile } from '../../../../src/store/settings/settings-file.js';
import type { Settings } from '../../../../src/store/settings/settings-schema.js';
import { compiled } from '../../../support/compiled.js';
import { sampleFile, sampleSettings } from './sample-settings.js';

let folder: string;
let path: string;
let scripts: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-settings-'));
  path = join(folder, 'settings.json');
  scripts = await mkdtemp(join(tmpdir(), 'modcall-scripts-'));
});
afterEach(() => Promise.all([folder, scripts].map((each) => rm(each, { recursive: true }))));

describe('the settings file', () => {
  it('is null where there is none', async () => {
    expect(await SettingsFile.open(path)).toBeNull();
  });

  it('is read with its defaults filled in', async () => {
    await writeFile(path, JSON.stringify(sampleFile()));
    const settings = (await SettingsFile.open(path))?.settings;
    expect(settings).toMatchObject({
      sip: {
        address: '0.0.0.0',
        port: 5060,
        transports: ['udp', 'tcp'],
        realm: 'modcall',
        digest: ['MD5', 'SHA-256'],
      },
      ringSeconds: 30,
      privacyMinutes: null,
      limits: { perCall: 4, total: 100 },
      log: { level: 'info' },
    });
    expect(settings?.extensions[0]).toMatchObject({ consents: false, pin: null });
  });

  it('is the same after writing and reading, and readable by the owner only', async () => {
    await SettingsFile.create(path, sampleSettings());
    expect((await SettingsFile.open(path))?.settings).toEqual(sampleSettings());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['settings.json']);
  });

  it('takes valid changes one after the other', async () => {
    const file = await SettingsFile.create(path, sampleSettings());
    const add = (settings: Settings) => ({ ...settings, ringSeconds: settings.ringSeconds + 1 });
    await Promise.all([file.update(add), file.update(add), file.update(add)]);
    expect(file.settings.ringSeconds).toBe(33);
    expect((await SettingsFile.open(path))?.settings.ringSeconds).toBe(33);
  });

  it('refuses a change that would not be valid, and goes on', async () => {
    const file = await SettingsFile.create(path, sampleSettings());
    await expect(file.update((settings) => ({ ...settings, groups: [] }))).rejects.toThrow(SettingsError);
    expect(file.settings).toEqual(sampleSettings());
    expect((await SettingsFile.open(path))?.settings).toEqual(sampleSettings());
    await file.update((settings) => ({ ...settings, ringSeconds: 7 }));
    expect(file.settings.ringSeconds).toBe(7);
  });

  it('may begin with a byte order mark', () => {
    expect(parseSettings('settings.json', `\uFEFF${JSON.stringify(sampleFile())}`)).toEqual(sampleSettings());
  });

  it('is whole whenever the writer is killed', async () => {
    const script = await compiled(new URL('./endless-writer.ts', import.meta.url), scripts);
    for (let round = 0; round < 8; round += 1) {
      const writer = spawn(process.execPath, [script, path, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(writer, 'exit');
      await once(writer.stdout, 'data');
      // Another moment of the write in every round.
      await new Promise((resolve) => setTimeout(resolve, round * 5));
      writer.kill('SIGKILL');
      await ended;
      expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ round: expect.any(Number), end: true });
    }
    await removePendingFiles(folder);
    expect(await readdir(folder)).toEqual(['settings.json']);
  });
});
