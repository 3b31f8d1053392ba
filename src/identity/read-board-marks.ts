import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoardMark } from '../licensing/board-marks.js';
import { type CpuFacts, canonicalSerial } from '../licensing/cpu-facts.js';
import { readRegular } from '../store/files/regular-file.js';
import { absent } from './absent.js';

/**
 * What distinguishes this board from others of its kind, the most reliable first: its serial number, that of its system on a chip, the
 * address of the first network port that is part of it.
 * @param root Where `proc` and `sys` are.
 */
export async function readBoardMarks({ boardSerial }: CpuFacts, root: string): Promise<readonly BoardMark[]> {
  const serials = [boardSerial, await textOf(join(root, 'sys/firmware/devicetree/base/serial-number'))];
  const serial = serials.map((text) => canonicalSerial(printable(text))).find((text) => text !== '');
  const [soc, mac] = await Promise.all([readSocSerial(root), readFirstMac(root)]);
  return [
    ...(serial === undefined ? [] : [{ kind: 'serial', value: serial } as const]),
    ...(soc === undefined ? [] : [{ kind: 'soc', value: soc } as const]),
    ...(mac === undefined ? [] : [{ kind: 'mac', value: mac } as const]),
  ];
}

/** From the kernel's driver of the chip, else from a fuse cell named as an identity. */
async function readSocSerial(root: string): Promise<string | undefined> {
  const socSerial = canonicalSerial(printable(await textOf(join(root, 'sys/devices/soc0/serial_number'))));
  if (socSerial !== '') return socSerial;
  const devices = join(root, 'sys/bus/nvmem/devices');
  for (const device of await namesIn(devices)) {
    const cells = join(devices, device, 'cells');
    const name = (await namesIn(cells)).find((cell) => /^(cpu-id|soc-id|chip-id|unique-id|id)@/.test(cell));
    const bytes = name === undefined ? undefined : await bytesOf(join(cells, name));
    if (bytes?.some((byte) => byte !== 0 && byte !== 0xff)) return bytes.toString('hex');
  }
  return undefined;
}

/** Ports on USB may be plugged into another board, and addresses that are not burnt in change. */
async function readFirstMac(root: string): Promise<string | undefined> {
  const ports = join(root, 'sys/class/net');
  const found = await Promise.all(
    (await namesIn(ports)).map(async (name) => {
      const device = await realpath(join(ports, name, 'device')).catch(absent);
      const isPermanent = (await textOf(join(ports, name, 'addr_assign_type')))?.trim() === '0';
      const mac = (await textOf(join(ports, name, 'address')))?.trim().toLowerCase() ?? '';
      return device !== undefined && !/\/usb\d*\//.test(`${device}/`) && isPermanent && isBurntIn(mac)
        ? [{ device, mac }]
        : [];
    }),
  );
  return found.flat().sort((a, b) => (a.device < b.device ? -1 : 1))[0]?.mac;
}

/** Neither invented by a driver (locally administered, IEEE 802) nor empty. */
function isBurntIn(mac: string): boolean {
  const first = Number.parseInt(mac.slice(0, 2), 16);
  return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac) && (first & 0b11) === 0 && mac !== '00:00:00:00:00:00';
}

function printable(text: string | undefined): string {
  return text?.replaceAll('\0', '').trim() ?? '';
}

async function namesIn(folder: string): Promise<string[]> {
  return ((await readdir(folder).catch(absent)) ?? []).sort();
}

async function textOf(path: string): Promise<string | undefined> {
  return readRegular(path).catch(absent);
}

async function bytesOf(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(absent);
}
