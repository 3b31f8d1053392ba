import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/crypto/ed25519.js';
import { readBoardName, readCpuFacts } from '../../../src/identity/read-cpu-facts.js';
import { hardwareIdFrom, hardwareIdText } from '../../../src/licensing/hardware-id.js';

const machines = new URL('machines/', import.meta.url).pathname;
const golden = new URL('../licensing/golden/hardware-ids.json', import.meta.url);
const hostKey = Uint8Array.from({ length: 51 }, (_, index) => index);

async function idOf(root: string): Promise<string> {
  return hardwareIdText(hardwareIdFrom(await readCpuFacts(root), hostKey, sha256));
}

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modcall-machine-'));
});
afterEach(() => rm(root, { recursive: true }));

async function changed(machine: string, change: (cpuInfo: string) => string): Promise<string> {
  await cp(join(machines, machine), root, { recursive: true });
  const path = join(root, 'proc/cpuinfo');
  const before = await readFile(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(path, after);
  return idOf(root);
}

describe('the hardware ID of real machines', () => {
  it('never changes from the one noted for each', async () => {
    const noted: Record<string, string> = JSON.parse(await readFile(golden, 'utf8'));
    const names = (await readdir(machines)).sort();
    expect(names.length).toBeGreaterThanOrEqual(8);
    const ids = await Promise.all(names.map(async (name) => [name, await idOf(join(machines, name))]));
    expect(Object.fromEntries(ids)).toEqual(noted);
  });

  it.each(['raspberry-pi-3', 'raspberry-pi-4', 'raspberry-pi-5', 'compute-module-4'])(
    'of a %s is the same with the vendor’s kernel and with Debian’s',
    async (board) => {
      expect(await idOf(join(machines, `${board}-debian`))).toBe(await idOf(join(machines, `${board}-vendor`)));
    },
  );

  it('is the same with a 32-bit and a 64-bit kernel', async () => {
    const ids = await Promise.all(
      ['compute-module-4-vendor-32-bit', 'compute-module-4-vendor'].map((name) => idOf(join(machines, name))),
    );
    expect(new Set(ids).size).toBe(1);
  });

  it('differs for every other machine', async () => {
    const names = (await readdir(machines)).filter((name) => !/-(debian|32-bit)$/.test(name));
    const ids = await Promise.all(names.map((name) => idOf(join(machines, name))));
    expect(new Set(ids).size).toBe(names.length);
  });
});

describe.each(['raspberry-pi-4-vendor', 'raspberry-pi-5-debian', 'qemu-x86', 'x86-server'])(
  'the hardware ID of %s stays the same',
  (machine) => {
    const changes: [string, (text: string) => string][] = [
      ['at another CPU frequency', (text) => text.replace(/(BogoMIPS|bogomips|cpu MHz)(\s*): .*/g, '$1$2: 999.99')],
      ['when a kernel tells more features', (text) => text.replace(/(Features|flags)(\s*): /g, '$1$2: newfeature ')],
      ['when a kernel writes new lines', (text) => text.replaceAll('\n\n', '\nnew line\t: 1\n\n')],
      ['when a core is switched off', (text) => text.slice(text.indexOf('\n\n') + 2)],
    ];
    it.each(changes)('%s', async (_name, change) => {
      expect(await changed(machine, change)).toBe(await idOf(join(machines, machine)));
    });
  },
);

describe('the hardware ID', () => {
  it('does not change with new microcode or a renamed model', async () => {
    const id = await changed('x86-server', (text) =>
      text.replaceAll('microcode\t: 0x13', 'microcode\t: 0x1f').replace(/model name\t: .*/g, 'model name\t: Xeon'),
    );
    expect(id).toBe(await idOf(join(machines, 'x86-server')));
  });

  it.each([
    ['raspberry-pi-4-vendor', 'CPU part\t: 0xd08', 'CPU part\t: 0xd0b'],
    ['qemu-arm64', 'CPU revision\t: 3', 'CPU revision\t: 4'],
    ['qemu-x86', 'stepping\t: 1', 'stepping\t: 2'],
    ['x86-server', 'GenuineIntel', 'AuthenticAMD'],
  ])('of %s changes with another CPU', async (machine, from, to) => {
    expect(await changed(machine, (text) => text.replaceAll(from, to))).not.toBe(await idOf(join(machines, machine)));
  });

  it('changes with the board’s serial number, from whichever file it is read', async () => {
    const before = await idOf(join(machines, 'compute-module-4-debian'));
    await cp(join(machines, 'compute-module-4-debian'), root, { recursive: true });
    await writeFile(join(root, 'proc/device-tree/serial-number'), '10000000e9e92549\0');
    expect(await idOf(root)).not.toBe(before);
    await rm(join(root, 'proc/device-tree'), { recursive: true });
    const cpuInfo = await readFile(join(machines, 'compute-module-4-vendor/proc/cpuinfo'), 'utf8');
    await writeFile(join(root, 'proc/cpuinfo'), cpuInfo);
    expect(await idOf(root)).toBe(before);
  });

  it('treats a serial number of zeros as none', async () => {
    await cp(join(machines, 'qemu-arm64'), root, { recursive: true });
    await writeFile(join(root, 'proc/device-tree/serial-number'), '0000000000000000\0');
    expect(await idOf(root)).toBe(await idOf(join(machines, 'qemu-arm64')));
  });
});

describe('reading the machine', () => {
  it('works on this one', async () => {
    const facts = await readCpuFacts();
    expect(facts.coreCount).toBeGreaterThan(0);
    expect(await readCpuFacts()).toEqual(facts);
  });

  it('falls back to systeminformation where the kernel’s files are missing', async () => {
    expect(await readCpuFacts(root)).toMatchObject({ kind: 'family', coreCount: expect.any(Number) });
  });

  it('tells the board’s name', async () => {
    expect(await readBoardName(join(machines, 'raspberry-pi-4-vendor'))).toBe('Raspberry Pi 4 Model B Rev 1.5');
    expect(await readBoardName(join(machines, 'x86-server'))).toBe('PowerEdge R410');
    expect(await readBoardName(root)).toBeUndefined();
  });
});
