import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UpdateSources } from '../../../src/update/sources.js';

let folder: string;
let stick: string;
let sources: UpdateSources;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-updates-'));
  stick = join(folder, 'media/stick');
  await mkdir(stick, { recursive: true });
  sources = new UpdateSources(join(folder, 'update.uploaded'), [join(folder, 'media'), join(folder, 'mnt')]);
});
afterEach(() => rm(folder, { recursive: true }));

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

test('the latest one that was sent is found as “uploaded”, and nothing is before one was', async () => {
  await expect(sources.locate('uploaded')).rejects.toMatchObject({ problem: { code: 'update.nothingUploaded' } });
  expect(await sources.take(pieces('one', 'two'))).toBe(6);
  await sources.take(pieces('three'));
  expect(await readFile(await sources.locate('uploaded'), 'utf8')).toBe('three');
});

test('one that is cut off while it is sent leaves the one before it', async () => {
  await sources.take(pieces('whole'));
  async function* cut() {
    yield Buffer.from('half');
    throw new Error('the browser went away');
  }
  await expect(sources.take(cut())).rejects.toThrow('went away');
  expect(await readFile(await sources.locate('uploaded'), 'utf8')).toBe('whole');
});

test('those on sticks are found by the path that they are listed with, and no other path is', async () => {
  const update = join(stick, 'modcall.raucb');
  await writeFile(update, '');
  await writeFile(join(stick, 'letter.txt'), '');
  await writeFile(join(folder, 'other.raucb'), '');
  expect(await sources.onSticks()).toEqual([update]);
  expect(await sources.locate(update)).toBe(update);
  for (const source of [join(folder, 'other.raucb'), join(stick, 'letter.txt'), '/etc/passwd', '', 'sent'])
    await expect(sources.locate(source)).rejects.toMatchObject({
      problem: { code: 'update.noSuchSource', params: { source } },
    });
});

test('an address is taken as it is judged, if nobody on the way can read along', async () => {
  const address = 'https://updates.example/modcall.raucb';
  expect(await sources.locate(address)).toBe(address);
  expect(await sources.locate('http://192.168.1.2/modcall.raucb')).toBe('http://192.168.1.2/modcall.raucb');
  // What fetches it takes all before the @ for a name and password.
  const ambiguous = 'http://192.168.1.2\\@updates.example/modcall.raucb';
  expect(await sources.locate(ambiguous)).toBe('http://192.168.1.2/@updates.example/modcall.raucb');
  for (const source of ['http://updates.example/modcall.raucb', 'ftp://updates.example/', 'https://'])
    await expect(sources.locate(source)).rejects.toMatchObject({ problem: { code: 'update.noSuchSource' } });
});
