import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readIndex } from '../../../src/update/channel-index.js';

const script = fileURLToPath(new URL('../../../image/channel.sh', import.meta.url));
const version = '1.3.0~202611291200.ab12cd3';

let built: string;
beforeEach(async () => {
  built = await mkdtemp(join(tmpdir(), 'modcall-image-'));
  await mkdir(join(built, 'system/etc'), { recursive: true });
  await writeFile(join(built, 'system/etc/modcall-image'), `MODCALL_IMAGE_VERSION=${version}\n`);
  await writeFile(join(built, 'modcall.raucb'), 'an update');
  await writeFile(join(built, 'de.txt'), 'Schöner: „alles“\nund schneller\n');
  await writeFile(join(built, 'en.txt'), 'Nicer\n');
});
afterEach(() => rm(built, { recursive: true }));

const run = (channel: string) =>
  promisify(execFile)('bash', [script, channel, join(built, 'de.txt'), join(built, 'en.txt')], {
    env: { ...process.env, IMAGE_OUT: built },
  });

test('a vendor’s folder is made of the update that was built, as a box reads it', async () => {
  await run('beta');
  const index = readIndex(await readFile(join(built, 'channel/beta.json'), 'utf8'));
  const notes = { de: 'Schöner: „alles“\nund schneller', en: 'Nicer' };
  expect(index).toEqual({ version, file: `modcall-${version}.raucb`, size: 9, notes });
  expect(await readFile(join(built, 'channel', index.file), 'utf8')).toBe('an update');
});

test('there are two channels', async () => {
  await expect(run('nightly')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('stable|beta') });
});
