import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { supportBundle } from '../../../../src/store/backup/support-bundle.js';
import { settingsSchema } from '../../../../src/store/settings/settings-schema.js';
import { sampleFile } from '../settings/sample-settings.js';
import { fillFolder } from './samples.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-support-'));
});
afterEach(() => rm(folder, { recursive: true }));

const facts = {
  ...{ modcall: '0.1.0', hardwareId: 'TEST-ID', board: 'simulator', node: 'v20', kernel: '6.1' },
  ...{ uptimeSeconds: 60, memoryBytes: 1, created: '2026-03-04T12:00:00.000Z', troubles: ['boardFaulty'] },
};

test('has no secret, no name of a person and no number from outside, wherever it stands', async () => {
  await fillFolder(folder, 7);
  const raw = sampleFile();
  const settings = settingsSchema.parse({
    ...raw,
    extensions: raw.extensions.map((each, n) => ({
      ...each,
      name: `Planted ${n}`,
      password: `planted password ${n}`,
      pin: `$scrypt$ln=14,r=8,p=1$${'A'.repeat(22)}$${'B'.repeat(43)}`,
    })),
    exclusions: { extensions: ['101'], numbers: ['+49309998887'] },
    sip: { publicAddress: 'planted.example' },
  });
  const text = JSON.stringify(await supportBundle(folder, settings, { ...facts, planted: 'x' } as typeof facts));
  for (const secret of ['lanted', 'scrypt', 'office', '4930', 'AAAA', 'licence 7', 'admin 7', 'OPENSSH', 'the record'])
    expect(text, secret).not.toContain(secret);
  expect(JSON.parse(text)).toMatchObject({
    facts: { hardwareId: 'TEST-ID', troubles: ['boardFaulty'] },
    settings: { extensions: [{ number: '100', hasPin: true }, {}, {}], exclusions: { extensions: 1, numbers: 1 } },
    log: ['the log'],
  });
});

test('shows the end of a long log in whole lines, without the one-time codes', async () => {
  await mkdir(join(folder, 'log'));
  const lines = Array.from({ length: 40_000 }, (_, n) => `line ${n} of a log that is long`);
  lines.push('{"code":"1234-5678","msg":"this one-time code sets the password of an admin"}');
  await writeFile(join(folder, 'log', 'modcall.log'), `${lines.join('\n')}\n`);
  const { log } = await supportBundle(folder, settingsSchema.parse(sampleFile()), facts);
  expect(log.at(-1)).toContain('****-****');
  expect(log.at(-2)).toBe('line 39999 of a log that is long');
  expect(log[0]).toMatch(/^line \d+ of/);
  expect(log.join('\n').length).toBeLessThanOrEqual(1024 * 1024);
});

test('is there without a log', async () => {
  expect((await supportBundle(folder, settingsSchema.parse(sampleFile()), facts)).log).toEqual([]);
});
