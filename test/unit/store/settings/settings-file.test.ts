import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removePendingFiles } from '../../../../src/store/files/durable-file.js';
import { SettingsError } from '../../../../src/store/settings/settings-faults.js';
import { parseSettings, SettingsFile } from '../../../../src/store/settings/settings-file.js';
import { compiled } from '../../../support/compiled.js';
import { killed } from '../../../support/killed.js';
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
    await SettingsFile.at(path).write(sampleSettings(), 0);
    expect((await SettingsFile.open(path))?.settings).toEqual(sampleSettings());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['settings.json']);
  });

  it('is refused with every mistake where it is not valid', async () => {
    await writeFile(path, JSON.stringify({ ...sampleFile(), groups: [] }));
    await expect(SettingsFile.open(path)).rejects.toThrow(SettingsError);
  });

  it('reports once what another process has written', async () => {
    const file = SettingsFile.at(path);
    expect(await file.look()).toBe('gone');
    await file.write(sampleSettings(), 0);
    expect(await file.look()).toBe('same');
    await writeFile(path, JSON.stringify({ ...sampleFile(), ringSeconds: 9 }));
    expect([await file.look(), file.settings.ringSeconds, await file.look()]).toEqual(['edited', 9, 'same']);
    await writeFile(path, 'rubbish');
    expect([await file.look(), await file.look()]).toEqual(['broken', 'same']);
    await file.write(sampleSettings(), 0);
    expect(await readdir(folder)).toEqual(['settings.json', 'settings.json.broken-19700101T000000000Z']);
  });

  it('may begin with a byte order mark', () => {
    expect(parseSettings('settings.json', `\uFEFF${JSON.stringify(sampleFile())}`)).toEqual(sampleSettings());
  });

  it('is whole whenever the writer is killed', async () => {
    const script = await compiled(new URL('./endless-writer.ts', import.meta.url), scripts);
    for (let round = 0; round < 8; round += 1) {
      await killed(script, [path, String(round)], round * 5);
      expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ round: expect.any(Number), end: true });
    }
    await removePendingFiles(folder);
    expect(await readdir(folder)).toEqual(['settings.json']);
  });
});
