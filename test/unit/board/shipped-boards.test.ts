import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBoard } from '../../../src/board/board-file.js';
import type { Board } from '../../../src/board/board-schema.js';

const run = promisify(execFile);
const boards = fileURLToPath(new URL('../../../board', import.meta.url));
const hat = (file: string) => join(boards, 'modcall-hat', file);

/** What the overlay needs of the kernel's device tree. */
const baseTree = `/dts-v1/;
/ {
	compatible = "raspberrypi,4-model-b", "brcm,bcm2711";
	soc {
		gpio: gpio { gpio-controller; #gpio-cells = <2>; };
		uart3: serial-3 { status = "disabled"; };
		uart5: serial-5 { status = "disabled"; };
		i2s: i2s { status = "disabled"; };
	};
};
`;

let board: Board;
beforeAll(async () => {
  board = await readBoard([boards], 'modcall-hat', '/run');
});

describe('the files of the HAT name the same things', () => {
  it('the ttys of the board file are those of the udev rules', async () => {
    const rules = await readFile(hat('modcall-hat.rules'), 'utf8');
    for (const { tty } of board.lines) expect(rules).toContain(`SYMLINK+="${tty.replace('/dev/', '')}"`);
  });

  it('the sound devices of the board file are those of asound.conf', async () => {
    const sound = await readFile(hat('asound.conf'), 'utf8');
    for (const { audio } of board.lines) {
      if (audio.kind !== 'alsa') throw new Error('the HAT has ALSA devices');
      for (const name of [audio.capture, audio.playback]) expect(sound).toContain(`pcm.${name} {`);
    }
  });
});

const hasCompiler = await run('dtc', ['--version']).then(
  () => true,
  () => false,
);

describe.runIf(hasCompiler)('the device-tree overlay of the HAT', () => {
  let folder: string;
  const inFolder = (name: string) => join(folder, name);
  /** The value of a property of the tree to which the overlay was applied. */
  const property = async (node: string, name: string, ...options: readonly string[]) =>
    (await run('fdtget', [...options, inFolder('tree.dtb'), node, name])).stdout.trim();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modcall-overlay-'));
    await writeFile(inFolder('base.dts'), baseTree);
    await run('dtc', ['-q', '-@', '-I', 'dts', '-O', 'dtb', '-o', inFolder('base.dtb'), inFolder('base.dts')]);
    const compiled = await run('dtc', [
      '-@',
      '-I',
      'dts',
      '-O',
      'dtb',
      '-o',
      inFolder('hat.dtbo'),
      hat('modcall-hat.dts'),
    ]);
    expect(compiled.stderr).toBe('');
    await run('fdtoverlay', ['-i', inFolder('base.dtb'), '-o', inFolder('tree.dtb'), inFolder('hat.dtbo')]);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('makes the LEDs and the input device that the board file names', async () => {
    const { monitorLamp, statusLamp, button } = board.panel;
    for (const [lamp, node] of [
      [monitorLamp, 'monitor'],
      [statusLamp, 'status'],
    ] as const) {
      const label = await property(`/modcall-leds/${node}`, 'label');
      expect(lamp).toEqual({ driver: 'led', path: `/sys/class/leds/${label}` });
    }
    const key = Number(await property('/modcall-button/privacy', 'linux,code'));
    expect(button).toEqual({ driver: 'input', path: '/dev/input/by-path/platform-modcall-button-event', key });
  });

  it('switches on the UARTs and the sound', async () => {
    for (const node of ['serial-3', 'serial-5', 'i2s']) expect(await property(`/soc/${node}`, 'status')).toBe('okay');
    expect(await property('/modcall-sound', 'simple-audio-card,name')).toBe('modcallhat');
  });

  it('uses no pin twice', async () => {
    const groups = ['lamp', 'button', 'handset', 'line1', 'sound'];
    const pins = await Promise.all(groups.map((group) => property(`/soc/gpio/modcall-${group}-pins`, 'brcm,pins')));
    const all = pins.flatMap((list) => list.split(' '));
    expect(all).toHaveLength(11);
    expect(new Set(all).size).toBe(all.length);
  });
});
