import { execFileSync } from 'node:child_process';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSshKeyPair } from '../../../src/crypto/ed25519.js';
import { publicKeyLine, readPrivateKeyFile, writePrivateKeyFile } from '../../../src/crypto/ssh-ed25519.js';
import { type IdentityPaths, identityPaths, noteHardwareId, readIdentity } from '../../../src/identity/identity.js';
import { backUpIdentity, restoreIdentity } from '../../../src/identity/identity-backup.js';
import { hardwareIdText } from '../../../src/licensing/hardware-id.js';
import { boxId, ownId } from '../licensing/vendor.js';

const machine = (name: string) => new URL(`machines/${name}`, import.meta.url).pathname;
const passphrase = 'a long passphrase';
const now = Date.UTC(2026, 4, 1);

let folder: string;
let paths: IdentityPaths;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-identity-'));
  paths = pathsOn('raspberry-pi-4-vendor');
});
afterEach(() => rm(folder, { recursive: true }));

function pathsOn(name: string): IdentityPaths {
  return identityPaths(join(folder, 'data'), join(folder, 'etc/ssh/ssh_host_ed25519_key'), machine(name));
}

async function installSshServer(): Promise<void> {
  const pair = makeSshKeyPair();
  const { system } = paths.hostKeys;
  await mkdir(dirname(system), { recursive: true });
  await writeFile(system, writePrivateKeyFile(pair, 'root@box'), { mode: 0o600 });
  await writeFile(`${system}.pub`, publicKeyLine(pair.publicKey, 'root@box'));
}

const idNow = async (where = paths) => hardwareIdText((await readIdentity(where)).hardwareId);
const wipe = () => rm(join(folder, 'data'), { recursive: true });

describe('a file of the kernel', () => {
  it('that is a pipe says nothing, and is not waited for', async () => {
    await cp(machine('raspberry-pi-4-vendor'), join(folder, 'root'), { recursive: true });
    const serial = join(folder, 'root/proc/device-tree/serial-number');
    await rm(serial, { force: true });
    await mkdir(dirname(serial), { recursive: true });
    execFileSync('mkfifo', [serial]);
    const found = await readIdentity({ ...paths, root: join(folder, 'root') });
    expect(found.hardwareId).toBeDefined();
  });
});

describe('a disk that does not answer', () => {
  /** Reading it fails with EIO. */
  const broken = '/proc/self/mem';

  it('is said to be one, where the board is looked at', async () => {
    await cp(machine('raspberry-pi-4-vendor'), join(folder, 'root'), { recursive: true });
    await rm(join(folder, 'root/proc/cpuinfo'));
    await symlink(broken, join(folder, 'root/proc/cpuinfo'));
    await expect(readIdentity({ ...paths, root: join(folder, 'root') })).rejects.toMatchObject({
      problem: { code: 'identity.notReadable', params: { reason: expect.stringContaining('EIO') } },
    });
  });

  it('does not make the box forget which hardware ID it had before', async () => {
    await mkdir(paths.folder, { recursive: true });
    const note = join(paths.folder, 'last-hardware-id');
    await symlink(broken, note);
    await expect(noteHardwareId(paths, ownId)).rejects.toMatchObject({ problem: { code: 'identity.notReadable' } });
    expect(await readlink(note)).toBe(broken);
  });
});

describe('the host key', () => {
  it('is made where there is none, and kept', async () => {
    const first = await readIdentity(paths);
    expect(first.hostKey).toMatchObject({ path: paths.hostKeys.own, isNew: true });
    const again = await readIdentity(paths);
    expect(again).toEqual({ ...first, hostKey: { ...first.hostKey, isNew: false } });
    expect((await stat(paths.hostKeys.own)).mode & 0o777).toBe(0o600);
    expect((await stat(paths.folder)).mode & 0o777).toBe(0o700);
  });

  it('is the SSH server’s where there is one', async () => {
    await installSshServer();
    const { hostKey } = await readIdentity(paths);
    expect(hostKey).toMatchObject({ path: paths.hostKeys.system, isNew: false });
    await expect(stat(paths.hostKeys.own)).rejects.toThrow();
  });

  it('stays when an SSH server is installed later', async () => {
    const before = await idNow();
    await installSshServer();
    expect(await idNow()).toBe(before);
  });

  it('is the same under another host name', async () => {
    await installSshServer();
    const before = await idNow();
    const path = `${paths.hostKeys.system}.pub`;
    await writeFile(path, (await readFile(path, 'utf8')).replace('root@box', 'root@renamed'));
    expect(await idNow()).toBe(before);
  });

  it('that is damaged is never replaced by a new one', async () => {
    await idNow();
    await writeFile(paths.hostKeys.own, 'damaged');
    await expect(readIdentity(paths)).rejects.toMatchObject({ problem: { code: 'identity.keyDamaged' } });
    expect(await readFile(paths.hostKeys.own, 'utf8')).toBe('damaged');
  });

  it('of the SSH server that is damaged is not replaced either', async () => {
    await installSshServer();
    await writeFile(`${paths.hostKeys.system}.pub`, 'ssh-rsa AAAA');
    await expect(readIdentity(paths)).rejects.toMatchObject({ problem: { code: 'identity.keyDamaged' } });
  });

  it.skipIf(process.getuid?.() === 0)('that may not be read says so', async () => {
    await idNow();
    await chmod(paths.hostKeys.own, 0);
    await expect(readIdentity(paths)).rejects.toMatchObject({ problem: { code: 'identity.keyNotReadable' } });
  });

  it.each<[string, (path: string) => unknown]>([
    ['a folder', mkdir],
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['much too large', (path) => writeFile(path, '').then(() => truncate(path, 1e6))],
  ])('that is %s is not said to need other rights', async (_what, plant) => {
    await mkdir(paths.folder, { recursive: true });
    await plant(paths.hostKeys.own);
    await expect(readIdentity(paths)).rejects.toMatchObject({ problem: { code: 'identity.keyNotAFile' } });
  });
});

describe('the hardware ID', () => {
  it('differs after a new installation', async () => {
    const before = await idNow();
    await wipe();
    expect(await idNow()).not.toBe(before);
  });

  it('differs on another board', async () => {
    const before = await idNow();
    expect(await idNow(pathsOn('raspberry-pi-5-vendor'))).not.toBe(before);
  });

  it('is noted at each start, and a change is reported once, with the part that changed', async () => {
    const newKey = boxId('1000000012345678', 'new');
    const newBoard = boxId('10000000ffffffff', 'new');
    expect(await noteHardwareId(paths, ownId)).toBeUndefined();
    expect(await noteHardwareId(paths, ownId)).toBeUndefined();
    expect(await noteHardwareId(paths, newKey)).toEqual({ before: ownId, parts: ['key'] });
    expect(await noteHardwareId(paths, newKey)).toBeUndefined();
    expect(await noteHardwareId(paths, newBoard)).toEqual({ before: newKey, parts: ['cpu'] });
    expect(await noteHardwareId(paths, ownId)).toEqual({ before: newBoard, parts: ['cpu', 'key'] });
  });

  it('of the first version is not reported as changed after an update to the second', async () => {
    const { hardwareId, formerIds } = await readIdentity(paths);
    const [first] = formerIds.filter(({ version }) => version === 1);
    if (!first) throw new Error('the box had no ID of the first version');
    await noteHardwareId(paths, first);
    expect(await noteHardwareId(paths, hardwareId, formerIds)).toBeUndefined();
    expect(await readFile(join(paths.folder, 'last-hardware-id'), 'utf8')).toBe(`${hardwareIdText(hardwareId)}\n`);
  });

  it('is noted again if the note is damaged', async () => {
    await noteHardwareId(paths, ownId);
    await writeFile(join(paths.folder, 'last-hardware-id'), 'damaged');
    expect(await noteHardwareId(paths, ownId)).toBeUndefined();
    expect(await readFile(join(paths.folder, 'last-hardware-id'), 'utf8')).toBe(`${hardwareIdText(ownId)}\n`);
  });
});

describe('the backup of the identity', () => {
  it('gives a new installation the same hardware ID', async () => {
    const before = await idNow();
    const backup = await backUpIdentity(paths, passphrase, now);
    await wipe();
    expect(await idNow()).not.toBe(before);
    const restored = await restoreIdentity(paths, backup, passphrase, now);
    expect(hardwareIdText(restored.hardwareId)).toBe(before);
    expect(restored.differs).toEqual([]);
    expect(await idNow()).toBe(before);
  });

  it('includes the SSH server’s key, and takes precedence over a new one', async () => {
    await installSshServer();
    const before = await idNow();
    const backup = await backUpIdentity(paths, passphrase, now);
    await installSshServer();
    expect(await idNow()).not.toBe(before);
    await restoreIdentity(paths, backup, passphrase, now);
    expect(await idNow()).toBe(before);
  });

  it('on another board says that the CPU differs', async () => {
    const backup = await backUpIdentity(paths, passphrase, now);
    const restored = await restoreIdentity(pathsOn('raspberry-pi-5-vendor'), backup, passphrase, now);
    expect(restored.differs).toEqual(['cpu']);
  });

  it('keeps the key that it replaces', async () => {
    const backup = await backUpIdentity(paths, passphrase, now);
    await wipe();
    await idNow();
    const replaced = await readFile(paths.hostKeys.own, 'utf8');
    await restoreIdentity(paths, backup, passphrase, now);
    expect(await readFile(`${paths.hostKeys.own}.before-restore-${now}`, 'utf8')).toBe(replaced);
  });

  it('can be restored over a damaged key', async () => {
    const before = await idNow();
    const backup = await backUpIdentity(paths, passphrase, now);
    await writeFile(paths.hostKeys.own, 'damaged');
    await restoreIdentity(paths, backup, passphrase, now);
    expect(await idNow()).toBe(before);
  });

  it('changes nothing if it cannot be opened', async () => {
    const backup = await backUpIdentity(paths, passphrase, now);
    const files = await readdir(paths.folder);
    const before = await idNow();
    await expect(restoreIdentity(paths, backup, 'another passphrase', now)).rejects.toMatchObject({
      problem: { code: 'identity.wrongPassphrase' },
    });
    await expect(restoreIdentity(paths, 'hello', passphrase, now)).rejects.toMatchObject({
      problem: { code: 'identity.notABackup' },
    });
    expect(await idNow()).toBe(before);
    expect(await readdir(paths.folder)).toEqual(files);
  });

  it('asks for a good passphrase, and never shows the key', async () => {
    await expect(backUpIdentity(paths, 'short', now)).rejects.toMatchObject({
      problem: { code: 'identity.weakPassphrase' },
    });
    const backup = await backUpIdentity(paths, passphrase, now);
    const seed = readPrivateKeyFile(await readFile(paths.hostKeys.own, 'utf8'))?.seed ?? Buffer.alloc(0);
    expect(backup).not.toContain(seed.toString('base64').slice(4, 30));
    expect(backup).not.toContain('OPENSSH');
  });
});
