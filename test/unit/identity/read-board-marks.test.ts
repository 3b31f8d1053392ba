import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/crypto/ed25519.js';
import { readBoardMarks } from '../../../src/identity/read-board-marks.js';
import { readCpuFacts } from '../../../src/identity/read-cpu-facts.js';
import { hardwareIds } from '../../../src/licensing/board-marks.js';
import { hardwareIdFrom, hardwareIdText, readHardwareId } from '../../../src/licensing/hardware-id.js';
import { judge } from '../../../src/licensing/verdict.js';
import { circumstances, readingOf } from '../licensing/vendor.js';

const machines = new URL('machines/', import.meta.url).pathname;
const golden = new URL('../licensing/golden/hardware-ids-2.json', import.meta.url);
const hostKey = Uint8Array.from({ length: 51 }, (_, index) => index);

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modcall-machine-'));
});
afterEach(() => rm(root, { recursive: true }));

async function idsOf(folder: string) {
  const cpu = await readCpuFacts(folder);
  return hardwareIds({ cpu, marks: await readBoardMarks(cpu, folder) }, hostKey, sha256);
}
const idOf = async (folder: string) => hardwareIdText((await idsOf(folder)).id);
const likeMachine = (name: string) => cp(join(machines, name), root, { recursive: true });

async function put(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

/** A network port as the kernel shows it. */
async function plugIn(name: string, address: string, device: string, assigned = '0'): Promise<void> {
  const port = `sys/devices/${device}/net/${name}`;
  await put(`${port}/address`, `${address}\n`);
  await put(`${port}/addr_assign_type`, `${assigned}\n`);
  await symlink(join(root, 'sys/devices', device), join(root, port, 'device'));
  await mkdir(join(root, 'sys/class/net'), { recursive: true });
  await symlink(join(root, port), join(root, 'sys/class/net', name));
}

/** With `nr_cpus=2` the kernel knows of no other cores. */
async function limitToTwoCores(): Promise<void> {
  const path = join(root, 'proc/cpuinfo');
  const [first = '', second = '', ...others] = (await readFile(path, 'utf8')).split('\n\n');
  const rest = others.filter((block) => !/^processor\s*:/.test(block));
  await writeFile(path, [first, second, ...rest].join('\n\n'));
  await put('sys/devices/system/cpu/present', '0-1\n');
}

/** Whether a key that was issued for an ID is accepted on a machine. */
async function accepts(folder: string, idText: string): Promise<boolean> {
  const reading = readHardwareId(idText);
  if (!reading.ok) throw new Error(`${idText} is no hardware ID`);
  const { id, former } = await idsOf(folder);
  const key = readingOf({ bindings: [{ to: 'hardware', id: reading.id }] });
  return judge(circumstances({ key, hardwareId: id, formerIds: former })).isAllowed;
}

describe('the second version of the hardware ID', () => {
  it('never changes from the one noted for each machine', async () => {
    const noted: Record<string, string> = JSON.parse(await readFile(golden, 'utf8'));
    const names = (await readdir(machines)).sort();
    const ids = await Promise.all(names.map(async (name) => [name, await idOf(join(machines, name))]));
    expect(Object.fromEntries(ids)).toEqual(noted);
  });

  it.each(['raspberry-pi-4-debian', 'raspberry-pi-5-vendor', 'rockchip-rk3399', 'x86-server'])(
    'of a %s is the same where the kernel is told to use two cores only, and keeps the licences of the first version',
    async (machine) => {
      const before = hardwareIdText(hardwareIdFrom(await readCpuFacts(join(machines, machine)), hostKey, sha256));
      expect(before).toMatch(/^MH1-/);
      const id = await idOf(join(machines, machine));
      expect(id).toMatch(/^MH2-/);
      expect(await accepts(join(machines, machine), before)).toBe(true);
      expect(await accepts(join(machines, machine), id)).toBe(true);
      await likeMachine(machine);
      await limitToTwoCores();
      expect(await idOf(root)).toBe(id);
      if (machine !== 'rockchip-rk3399') expect(await accepts(root, before)).toBe(true);
    },
  );

  it('tells machines without a serial number apart by their own network port, and accepts what was issued before', async () => {
    const bare = await idOf(join(machines, 'qemu-x86'));
    const first = hardwareIdText(hardwareIdFrom(await readCpuFacts(join(machines, 'qemu-x86')), hostKey, sha256));
    await likeMachine('qemu-x86');
    await plugIn('enp2s0', 'b8:27:eb:00:00:02', 'pci0000:00/0000:00:02.0');
    await plugIn('enp1s0', 'b8:27:eb:00:00:01', 'pci0000:00/0000:00:01.0');
    const id = await idOf(root);
    expect(id).not.toBe(bare);
    expect(await accepts(root, first)).toBe(true);
    await writeFile(join(root, 'sys/class/net/enp2s0/address'), 'b8:27:eb:00:00:03\n');
    expect(await idOf(root)).toBe(id);
    await writeFile(join(root, 'sys/class/net/enp1s0/address'), 'b8:27:eb:00:00:09\n');
    expect(await idOf(root)).not.toBe(id);
    expect(await accepts(root, id)).toBe(false);
  });

  it.each([
    ['on USB', 'b8:27:eb:00:00:01', 'pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0', '0'],
    ['whose address is made up', 'b8:27:eb:00:00:01', 'pci0000:00/0000:00:01.0', '3'],
    ['whose address is a local one', '02:42:ac:11:00:02', 'pci0000:00/0000:00:01.0', '0'],
  ])('does not use a port %s', async (_what, address, device, assigned) => {
    await likeMachine('qemu-x86');
    await plugIn('eth0', address, device, assigned);
    expect(await readBoardMarks(await readCpuFacts(root), root)).toEqual([]);
    expect(await idOf(root)).toBe(await idOf(join(machines, 'qemu-x86')));
  });

  it.each<[string, string, string | Buffer]>([
    ['the driver of the chip', 'sys/devices/soc0/serial_number', '123456789\n'],
    ['a cell of its fuses', 'sys/bus/nvmem/devices/rockchip-efuse0/cells/cpu-id@7,0', Buffer.from('0123456789abcdef')],
  ])('goes by the serial number of the chip from %s', async (_where, path, content) => {
    await likeMachine('qemu-arm64');
    await plugIn('eth0', 'b8:27:eb:00:00:01', 'platform/eth');
    const byPort = await idOf(root);
    await put(path, content);
    expect(await readBoardMarks(await readCpuFacts(root), root)).toMatchObject([{ kind: 'soc' }, { kind: 'mac' }]);
    expect(await idOf(root)).not.toBe(byPort);
    expect(await accepts(root, byPort)).toBe(true);
  });

  it('is the same in a container that shows the firmware’s device tree in one of its two places', async () => {
    await likeMachine('raspberry-pi-4-debian');
    const serial = await readFile(join(root, 'proc/device-tree/serial-number'));
    await rm(join(root, 'proc/device-tree'), { recursive: true });
    await put('sys/firmware/devicetree/base/serial-number', serial);
    expect(await idOf(root)).toBe(await idOf(join(machines, 'raspberry-pi-4-debian')));
  });

  it('knows that nothing marks a board in a container without any of it', async () => {
    await likeMachine('raspberry-pi-4-debian');
    await rm(join(root, 'proc/device-tree'), { recursive: true });
    expect(await readBoardMarks(await readCpuFacts(root), root)).toEqual([]);
  });

  it.each([
    ['serial number', 'sys/firmware/devicetree/base/serial-number'],
    ['chip', 'sys/devices/soc0/serial_number'],
    ['core list', 'sys/devices/system/cpu/present'],
  ])(
    'is not found out while the %s cannot be read for a moment, rather than become another one',
    async (_what, path) => {
      await likeMachine('qemu-arm64');
      await rm(join(root, path), { force: true });
      await mkdir(dirname(join(root, path)), { recursive: true });
      // The first page of a process is never mapped: reading it is an error of input and output.
      await symlink('/proc/self/mem', join(root, path));
      await expect(idOf(root)).rejects.toMatchObject({ code: 'EIO' });
    },
  );
});
