import { createHash } from 'node:crypto';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPrivateKeyFile } from '../../../../src/crypto/ssh-ed25519.js';
import { keepFormerState } from '../../../../src/store/backup/former-state.js';
import { backedUpFiles, backupContent, makeBackup } from '../../../../src/store/backup/make-backup.js';
import { completeRestore, HalfRestored, orderContent, orderRestore } from '../../../../src/store/backup/restore.js';
import { recordRestored } from '../../../../src/store/backup/restored-note.js';
import { SettingsHistory } from '../../../../src/store/settings/settings-history.js';
import { canMount, SmallDisk } from '../../../support/disks/small-disk.js';
import { by, contentOf, fillFolder, now, source } from './samples.js';

const passphrase = 'correct horse battery';
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modcall-backup-'));
});
afterEach(() => rm(root, { recursive: true }));

const box = async (name: string, mark: number): Promise<string> => {
  const folder = join(root, name);
  await fillFolder(folder, mark);
  return folder;
};
async function* bytes(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}
const collected = async (stream: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
};
const without = (content: Readonly<Record<string, string>>, pattern: RegExp) =>
  Object.fromEntries(Object.entries(content).filter(([path]) => !pattern.test(path)));
/** What stays with the box whatever is restored. */
const ofBox = /^(?:audit|log|restored|settings-history\/recorded|identity\/box-key|licence\/clock)|\.before-restore-/;

describe('a backup', () => {
  test('restores all that makes a box onto another one, and leaves its record', async () => {
    const [from, to] = [await box('from', 7), await box('to', 9)];
    await writeFile(join(to, 'audit.jsonl'), 'another record\n');
    const formerKey = await readFile(join(to, 'identity/ssh_host_ed25519_key'), 'utf8');
    const sealed = await collected(makeBackup(source(from), passphrase));
    expect(sealed.includes('admin 7')).toBe(false);
    const manifest = await orderRestore(to, bytes(sealed), passphrase, by);
    expect(manifest).toMatchObject({ created: new Date(now).toISOString(), hardwareId: 'TEST-ID', modcall: '0.1.0' });
    expect(await completeRestore(to)).toEqual(manifest);
    const restored = await contentOf(to);
    expect(without(restored, ofBox)).toEqual(without(await contentOf(from), ofBox));
    expect(await readFile(join(to, 'audit.jsonl'), 'utf8')).toBe('another record\n');
    const former = Object.keys(restored).filter((path) => path.includes('.before-restore-'));
    expect(await Promise.all(former.map((path) => readFile(join(to, path), 'utf8')))).toEqual([formerKey]);
    expect((await stat(join(to, 'users.json'))).mode & 0o777).toBe(0o600);
    expect(await completeRestore(to)).toBeNull();
  });

  test('brings the history back, and gives no number of a version again', async () => {
    const [from, to] = [await box('from', 7), await box('to', 9)];
    await orderContent(to, backupContent(source(from)), by);
    await completeRestore(to);
    const history = await SettingsHistory.open(join(to, 'settings-history'));
    expect([history.kept, history.recorded, history.next]).toEqual([[7], 9, 10]);
  });

  test('of a longer history lets the record learn of every version after that', async () => {
    const [from, to] = [await box('from', 9), await box('to', 7)];
    await orderContent(to, backupContent(source(from)), by);
    await completeRestore(to);
    const history = await SettingsHistory.open(join(to, 'settings-history'));
    expect([history.kept, history.recorded, history.next]).toEqual([[9], 9, 10]);
  });

  test('that was restored is recorded once the record takes it, and only then is forgotten', async () => {
    const [from, to] = [await box('from', 7), await box('to', 9)];
    const facts: unknown[] = [];
    const record = async (fact: unknown) => void facts.push(fact);
    await recordRestored(to, record);
    await orderContent(to, backupContent(source(from)), by);
    await recordRestored(to, record);
    expect(facts).toEqual([]);
    await completeRestore(to);
    await expect(recordRestored(to, () => Promise.reject(new Error('the disk is full')))).rejects.toThrow('full');
    await recordRestored(to, record);
    await recordRestored(to, record);
    const made = { created: new Date(now).toISOString(), modcall: '0.1.0', hardwareId: 'TEST-ID' };
    expect(facts).toEqual([{ type: 'backupRestored', ...by, ...made }]);
  });

  test('holds the key of the SSH server where the hardware ID is made from that', async () => {
    const [from, to] = [await box('from', 7), join(root, 'to')];
    const system = join(root, 'etc');
    await mkdir(system);
    await writeFile(join(system, 'key'), await readFile(join(from, 'identity/ssh_host_ed25519_key')));
    await rm(join(from, 'identity/ssh_host_ed25519_key'));
    await orderContent(to, backupContent({ ...source(from), hostKey: join(system, 'key') }), by).catch(() => undefined);
    await mkdir(to, { recursive: true });
    await orderContent(to, backupContent({ ...source(from), hostKey: join(system, 'key') }), by);
    await completeRestore(to);
    expect(readPrivateKeyFile(await readFile(join(to, 'identity/ssh_host_ed25519_key'), 'utf8'))).toBeDefined();
  });

  test('is of one moment, whatever is replaced while it is read', async () => {
    const from = await box('from', 7);
    const stream = backupContent(source(from));
    const first = await stream.next();
    await rm(from, { recursive: true });
    await fillFolder(from, 8);
    const rest = await collected(stream);
    const to = join(root, 'to');
    await mkdir(to);
    await orderContent(to, bytes(first.value ?? Buffer.alloc(0), rest), by);
    await completeRestore(to);
    expect(await readFile(join(to, 'settings.json'), 'utf8')).toContain('"ringSeconds":7');
  });

  test('follows no link out of the folder', async () => {
    const from = await box('from', 7);
    await writeFile(join(root, 'secret'), 'of somebody else');
    await symlink(join(root, 'secret'), join(from, 'prompts/de/link.wav'));
    expect((await collected(backupContent(source(from)))).includes('somebody else')).toBe(false);
  });

  test('needs a passphrase that is worth it, and is opened by that only', async () => {
    const [from, to] = [await box('from', 7), await box('to', 9)];
    const before = await contentOf(to);
    await expect(collected(makeBackup(source(from), 'short'))).rejects.toMatchObject({ fault: 'weakPassphrase' });
    const sealed = await collected(makeBackup(source(from), passphrase));
    const fault = (content: Uint8Array, typed = passphrase) =>
      orderRestore(to, bytes(content), typed, by).then(
        () => 'restored',
        (error: unknown) => (error instanceof Error && 'fault' in error ? error.fault : error),
      );
    expect(await fault(sealed, 'another passphrase')).toBe('wrongPassphrase');
    expect(await fault(Buffer.from('rubbish'))).toBe('notABackup');
    expect(await fault(Buffer.alloc(0))).toBe('notABackup');
    const changed = Buffer.from(sealed);
    changed[100_000] = (changed[100_000] ?? 0) ^ 1;
    expect(await fault(changed)).toBe('wrongPassphrase');
    const pieces = 64 * 1024 + 16;
    expect(await fault(sealed.subarray(0, 40 + pieces))).toBe('wrongPassphrase');
    expect(await fault(sealed.subarray(0, sealed.length - 1))).toBe('wrongPassphrase');
    const swapped = Buffer.concat([
      sealed.subarray(0, 40),
      sealed.subarray(40 + pieces, 40 + 2 * pieces),
      sealed.subarray(40, 40 + pieces),
      sealed.subarray(40 + 2 * pieces),
    ]);
    expect(await fault(swapped)).toBe('wrongPassphrase');
    expect(await contentOf(to)).toEqual(before);
  });
});

test('that was ordered is void when another one is', async () => {
  const [one, other, to] = [await box('one', 7), await box('other', 9), await box('to', 5)];
  await orderContent(to, backupContent(source(one)), by);
  await orderContent(to, backupContent(source(other)), by);
  await completeRestore(to);
  expect(await readFile(join(to, 'settings.json'), 'utf8')).toContain('"ringSeconds":9');
});

describe('content that lies', () => {
  interface File {
    path: string;
    bytes: number;
    sha256: string;
  }
  const settings = async () => readFile(join(await box('settings', 7), 'settings.json'));
  const packed = (manifest: unknown, ...contents: readonly Uint8Array[]): Buffer => {
    const text = Buffer.from(JSON.stringify(manifest));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    return Buffer.concat([length, text, ...contents]);
  };
  const file = (path: string, content: Uint8Array): File => ({
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  });
  const manifest = (files: readonly File[], changes: object = {}) => ({
    backup: 1,
    modcall: '0.1.0',
    created: new Date(now).toISOString(),
    hardwareId: null,
    settings: 1,
    users: 1,
    files,
    ...changes,
  });
  const faultOf = async (content: Uint8Array): Promise<unknown> => {
    const to = await box('to', 9);
    const before = await contentOf(to);
    try {
      await orderContent(to, bytes(content), by);
      return 'restored';
    } catch (error) {
      return error instanceof Error && 'fault' in error ? error.fault : error;
    } finally {
      const ordered = (await readdir(to)).includes('restore.json');
      if (!ordered) expect(await contentOf(to)).toEqual(without(before, / /));
      await rm(to, { recursive: true });
    }
  };

  test('about its paths is refused', async () => {
    const content = await settings();
    for (const path of [
      '../settings.json',
      '/etc/passwd',
      'prompts/../settings.json',
      'prompts/de/../../users.json',
      'prompts\\de\\x.wav',
      'settings.json\n',
      'settings.json\u0000',
      'identity/box-key.pem',
      'audit.jsonl',
      'restore.json',
      'modcall.lock',
      '',
    ])
      expect(
        await faultOf(packed(manifest([file('settings.json', content), file(path, content)]), content, content)),
        path,
      ).toBe('damaged');
    const twice = [file('settings.json', content), file('settings.json', content)];
    expect(await faultOf(packed(manifest(twice), content, content))).toBe('damaged');
  });

  test('about its sizes is refused', async () => {
    const content = await settings();
    const listed = file('settings.json', content);
    expect(await faultOf(packed(manifest([{ ...listed, bytes: listed.bytes + 1 }]), content))).toBe('damaged');
    expect(await faultOf(packed(manifest([{ ...listed, bytes: listed.bytes - 1 }]), content))).toBe('damaged');
    expect(await faultOf(packed(manifest([listed]), content, Buffer.from('more')))).toBe('damaged');
    for (const size of [-1, 0.5, 2 ** 53, 17 * 1024 * 1024])
      expect(await faultOf(packed(manifest([{ ...listed, bytes: size }]), content))).toBe('damaged');
    const large = Array.from({ length: 5 }, (_, n) => ({
      ...listed,
      path: `prompts/de/a${n}.wav`,
      bytes: 15 * 1024 * 1024,
    }));
    expect(await faultOf(packed(manifest(large), content))).toBe('damaged');
    expect(await faultOf(Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3]))).toBe('damaged');
    expect(await faultOf(Buffer.alloc(2))).toBe('damaged');
  });

  test('about its hashes is refused', async () => {
    const content = await settings();
    const changed = Buffer.from(content);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(await faultOf(packed(manifest([file('settings.json', content)]), changed))).toBe('damaged');
  });

  test('of a newer Modcall is refused as such, whatever else is new in it', async () => {
    const content = await settings();
    for (const newer of [{ backup: 2, more: 1 }, { settings: 2 }, { users: 2 }])
      expect(await faultOf(packed(manifest([file('settings.json', content)], newer), content))).toBe('newer');
  });

  test('that the box could not start with is refused', async () => {
    const content = await settings();
    const with_ = (path: string, text: string) => {
      const other = Buffer.from(text);
      return packed(manifest([file('settings.json', content), file(path, other)]), content, other);
    };
    expect(await faultOf(packed(manifest([file('settings.json', Buffer.from('{}'))]), Buffer.from('{}')))).toBe(
      'contentUnusable',
    );
    expect(await faultOf(with_('users.json', '{}'))).toBe('contentUnusable');
    expect(await faultOf(with_('identity/ssh_host_ed25519_key', 'rubbish'))).toBe('contentUnusable');
    expect(await faultOf(packed(manifest([])))).toBe('contentUnusable');
    expect(await faultOf(packed(manifest([file('settings.json', content)]), content))).toBe('restored');
  });

  test('in any way ends in a fault or a restore, never in anything else', async () => {
    const to = await box('to', 9);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (content) => {
        const fault = await orderContent(to, bytes(content), by).catch(
          (error: Error & { fault?: string }) => error.fault,
        );
        expect(['damaged', 'newer']).toContain(fault);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a restore that fails', () => {
  /** All that was there, and nothing more than before but what is left of the order. */
  const stateOf = async (folder: string) =>
    without(
      await contentOf(folder),
      /^restore(?!d)|^audit|^log|^identity\/box-key|^licence\/clock|\.before-restore-|^filler/,
    );

  test.each(['users.json', 'settings.json', 'prompts/de/prompt-7-1.wav', 'settings-history/0000000007.jsonl'])(
    'at %s leaves all as it was, is not tried again unasked, and succeeds once it can',
    async (obstacle) => {
      const [from, to] = [await box('from', 7), await box('to', 9)];
      const content = await collected(backupContent(source(from)));
      await rm(join(to, obstacle), { force: true });
      await mkdir(join(to, obstacle, 'in the way'), { recursive: true });
      const before = await stateOf(to);
      await orderContent(to, bytes(content), by);
      await expect(completeRestore(to)).rejects.toMatchObject({
        code: expect.stringMatching(/EISDIR|ENOTEMPTY|EEXIST/),
      });
      expect(await stateOf(to)).toEqual(before);
      await rm(join(to, obstacle), { recursive: true });
      expect(await completeRestore(to)).toBeNull();
      await orderContent(to, bytes(content), by);
      expect(await completeRestore(to)).not.toBeNull();
      expect(without(await contentOf(to), ofBox)).toEqual(without(await contentOf(from), ofBox));
    },
  );

  test.runIf(canMount)('on a disk that is full leaves all as it was, however much of it went', async () => {
    const [from, to] = [await box('from', 7), await box('to', 9)];
    const content = await collected(backupContent(source(from)));
    const disk = await SmallDisk.under(to);
    const outcomes = new Set<string>();
    try {
      for (const left of [0, 4, 40, 80, 160, 240, 1000]) {
        const before = await stateOf(to);
        await orderContent(to, bytes(content), by);
        disk.fill();
        await truncate(join(to, 'filler'), (await stat(join(to, 'filler'))).size - left * 1024);
        const outcome = await completeRestore(to).then(
          () => 'restored',
          ({ code }) => code,
        );
        await disk.free();
        outcomes.add(outcome);
        if (outcome === 'restored')
          expect(without(await contentOf(to), ofBox)).toEqual(without(await contentOf(from), ofBox));
        else expect(await stateOf(to)).toEqual(before);
      }
    } finally {
      disk.remove();
    }
    expect([...outcomes]).toEqual(['ENOSPC', 'restored']);
  });

  test('leaves all as it was where half was in place when its order was lost', async () => {
    const [from, to] = [await box('from', 7), await box('to', 9)];
    const before = await stateOf(to);
    await keepFormerState(to, await backedUpFiles(to));
    await cp(join(from, 'settings.json'), join(to, 'copy'));
    await rename(join(to, 'copy'), join(to, 'settings.json'));
    expect(await completeRestore(to)).toBeNull();
    expect(await stateOf(to)).toEqual(before);
  });

  test('and cannot be undone is told as such, so that nothing runs on it', async () => {
    const to = await box('to', 9);
    await keepFormerState(to, await backedUpFiles(to));
    await rm(join(to, 'users.json'));
    await mkdir(join(to, 'users.json', 'in the way'), { recursive: true });
    await expect(completeRestore(to)).rejects.toBeInstanceOf(HalfRestored);
    await expect(completeRestore(to)).rejects.toMatchObject({ problem: { code: 'backup.halfRestored' } });
  });
});
