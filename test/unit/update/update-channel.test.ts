import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchIndex } from '../../../src/update/fetch-index.js';
import { type ChannelChoice, UpdateChannel } from '../../../src/update/update-channel.js';
import { certificateOne } from '../../support/certificates.js';
import { UpdateFolder } from '../../support/update-folder.js';

const now = Date.UTC(2026, 11, 1, 3);
const at = '2026-12-01T03:00:00.000Z';

let folder: UpdateFolder;
let choice: ChannelChoice | null;
let channel: UpdateChannel;
beforeEach(async () => {
  folder = await UpdateFolder.open();
  choice = { address: folder.address, channel: 'stable' };
  channel = new UpdateChannel({ running: '1.2.0', choice: () => choice, now: () => now });
});
afterEach(() => folder.close());

test('a newer version is offered, with its notes and the address that it is installed from', async () => {
  const notes = { de: 'Schöner & <b>schneller</b>', en: 'Nicer\n& <b>faster</b>' };
  folder.announce('stable', '1.3.0', { notes, isKnownToLaterBoxesOnly: true });
  const source = `${folder.address}/modcall-1.3.0.raucb`;
  const offered = { version: '1.3.0', source, bytes: 109_000_000, notes };
  expect(await channel.look()).toEqual(offered);
  expect(channel.state).toEqual({ ...choice, look: { at, offered, fault: null } });
  expect(folder.asked).toEqual(['/modcall/stable.json']);
});

test('the version that runs is not offered', async () => {
  folder.announce('stable', '1.2.0');
  expect(await channel.look()).toBeNull();
  expect(channel.state?.look).toEqual({ at, offered: null, fault: null });
});

test('each channel of the folder is its own, and what was found in another one, or elsewhere, is forgotten', async () => {
  folder.announce('stable', '1.2.0');
  folder.announce('beta', '1.3.0~beta.1');
  await channel.look();
  choice = { address: `${folder.address}/`, channel: 'beta' };
  expect(channel.state).toEqual({ ...choice, look: null });
  expect(await channel.look()).toMatchObject({ version: '1.3.0~beta.1' });
  choice = null;
  expect(channel.state).toBeNull();
  await expect(channel.look()).rejects.toMatchObject({ problem: { code: 'update.noChannel' } });
});

test('what is found late where nobody looks any more is forgotten, too', async () => {
  folder.announce('beta', '1.3.0~beta.1');
  let answer = (): void => {};
  const isAsked = new Promise<void>((resolve) => {
    folder.files.set('stable.json', (response) => {
      answer = () => response.writeHead(404).end();
      resolve();
    });
  });
  const late = channel.look().catch((error: unknown) => error);
  await isAsked;
  choice = { address: folder.address, channel: 'beta' };
  await channel.look();
  answer();
  expect(await late).toMatchObject({ problem: { code: 'update.index.refused' } });
  expect(channel.state?.look).toMatchObject({ offered: { version: '1.3.0~beta.1' } });
});

test('an older version is refused, as after the way back from beta', async () => {
  folder.announce('stable', '1.2.0~beta.9');
  const problem = { code: 'update.index.older', params: { offered: '1.2.0~beta.9', running: '1.2.0' } };
  await expect(channel.look()).rejects.toMatchObject({ problem });
  expect(channel.state?.look).toEqual({ at, offered: null, fault: problem });
});

test.each([
  ['no JSON', '{"version":', '1:12'],
  ['nothing', '', '1:1'],
  ['a page for people', '<html></html>', '1:1'],
  ['a version that is none', { version: 'newest' }, 'version'],
  ['a file elsewhere', { file: '../other/modcall.raucb' }, 'file'],
  ['a file on another server', { file: 'https://elsewhere.example/modcall.raucb' }, 'file'],
  ['no size', { size: undefined }, 'size'],
  ['notes in one language', { notes: { en: 'News' } }, 'notes.de'],
  ['notes without end', { notes: { de: 'a'.repeat(8001), en: '' } }, 'notes.de'],
  ['something else', '[]', '.'],
])('what has %s is refused, and where is told', async (_what, content, place) => {
  if (typeof content === 'string') folder.files.set('stable.json', content);
  else folder.announce('stable', '1.3.0', content);
  const problem = { code: 'update.index.broken', params: { place } };
  await expect(channel.look()).rejects.toMatchObject({ problem });
  expect(channel.state?.look).toEqual({ at, offered: null, fault: problem });
});

test('a channel that is not there is told', async () => {
  const problem = { code: 'update.index.refused', params: { status: 404 } };
  await expect(channel.look()).rejects.toMatchObject({ problem });
});

test('a redirect leads nowhere', async () => {
  folder.announce('beta', '1.3.0');
  folder.files.set('stable.json', (response) => response.writeHead(302, { location: 'beta.json' }).end());
  await expect(channel.look()).rejects.toMatchObject({ problem: { code: 'update.index.moved' } });
  expect(folder.asked).toEqual(['/modcall/stable.json']);
});

test('what has no end is given up in the middle', async () => {
  let isGone: Promise<unknown> = Promise.resolve();
  folder.files.set('stable.json', (response) => {
    isGone = new Promise((resolve) => response.on('close', resolve));
    const more = () => {
      if (response.destroyed) return;
      if (response.write(Buffer.alloc(16_384, ' '))) setImmediate(more);
      else response.once('drain', more);
    };
    more();
  });
  const problem = { code: 'update.index.tooLarge', params: { kilobytes: 64 } };
  await expect(channel.look()).rejects.toMatchObject({ problem });
  await isGone;
});

test('a server that only ever announces its answer is given up long before its time is over', async () => {
  folder.files.set('stable.json', (response) => {
    const more = () => {
      if (response.destroyed) return;
      for (let count = 0; count < 100; count += 1) response.writeEarlyHints({ link: '</news>; rel=preload' });
      setImmediate(more);
    };
    more();
  });
  const problem = { code: 'update.index.tooLarge', params: { kilobytes: 64 } };
  await expect(channel.look()).rejects.toMatchObject({ problem });
});

test.each([
  ['never answers', false],
  ['never comes to an end', true],
])('a server that %s is given up', async (_what, begins) => {
  folder.files.set('slow.json', (response) => {
    if (begins) response.write('{');
  });
  await expect(
    fetchIndex(new URL(`${folder.address}/slow.json`), { bytes: 100, timeoutMs: 300 }),
  ).rejects.toMatchObject({ problem: { code: 'update.index.slow', params: { seconds: 0.3 } } });
});

test('a server that is not there, or that nobody vouches for, is told', async () => {
  choice = { address: 'http://127.0.0.1:9/', channel: 'stable' };
  const problem = { code: 'update.index.unreachable', params: { reason: 'ECONNREFUSED' } };
  await expect(channel.look()).rejects.toMatchObject({ problem });
  const foreign = await UpdateFolder.open(certificateOne);
  choice = { address: foreign.address, channel: 'stable' };
  await expect(channel.look()).rejects.toMatchObject({
    problem: { params: { reason: expect.stringMatching(/CERT/) } },
  });
  await foreign.close();
});
