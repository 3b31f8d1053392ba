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

/** The boards that come with an overlay: what that switches on, and its groups of pins. */
const hats = [
  {
    name: 'modcall-hat',
    on: ['serial-3', 'serial-5', 'i2s'],
    card: 'modcallhat',
    groups: ['lamp', 'button', 'handset', 'line1', 'sound'],
    pins: 11,
  },
  {
    name: 'slic-hat',
    on: ['i2c-1', 'i2s'],
    card: 'modcallslic',
    groups: ['lamp', 'button', 'codec', 'sound'],
    pins: 12,
  },
];

/** What the overlays need of the kernel's device tree. */
const baseTree = `/dts-v1/;
/ {
	compatible = "raspberrypi,4-model-b", "brcm,bcm2711";
	soc {
		gpio: gpio { gpio-controller; #gpio-cells = <2>; };
		uart3: serial-3 { status = "disabled"; };
		uart5: serial-5 { status = "disabled"; };
		i2c1: i2c-1 { status = "disabled"; };
		i2s: i2s { status = "disabled"; };
	};
};
`;

/** The plain GPIO lines that Modcall itself drives. */
const drivenPins = ({ lines }: Board): readonly string[] =>
  lines.flatMap((line) =>
    line.driver === 'slic' ? [line.hook, line.ringMode, line.reverse].map((pin) => String(pin.line)) : [],
  );

const hasCompiler = await run('dtc', ['--version']).then(
  () => true,
  () => false,
);

describe.each(hats)('the files of $name', ({ name }) => {
  const file = (suffix: string) => join(boards, name, suffix);
  let board: Board;
  beforeAll(async () => {
    board = await readBoard([boards], name, '/run');
  });

  it('name the same ttys in the board file and the udev rules', async () => {
    const rules = await readFile(file(`${name}.rules`), 'utf8');
    for (const line of board.lines)
      if (line.driver !== 'slic') expect(rules).toContain(`SYMLINK+="${line.tty.replace('/dev/', '')}"`);
  });

  it('name the same sound devices in the board file and asound.conf', async () => {
    const sound = await readFile(file('asound.conf'), 'utf8');
    for (const { audio } of board.lines) {
      if (audio.kind !== 'alsa') throw new Error('the HAT has ALSA devices');
      for (const device of [audio.capture, audio.playback]) expect(sound).toContain(`pcm.${device} {`);
    }
  });
});

describe.runIf(hasCompiler).each(hats)('the device-tree overlay of $name', ({ name, on, card, groups, pins }) => {
  const file = (suffix: string) => join(boards, name, suffix);
  let board: Board;
  let folder: string;
  const inFolder = (path: string) => join(folder, path);
  /** The value of a property of the tree to which the overlay was applied. */
  const property = async (node: string, property: string, ...options: readonly string[]) =>
    (await run('fdtget', [...options, inFolder('tree.dtb'), node, property])).stdout.trim();

  beforeAll(async () => {
    board = await readBoard([boards], name, '/run');
    folder = await mkdtemp(join(tmpdir(), 'modcall-overlay-'));
    await writeFile(inFolder('base.dts'), baseTree);
    const compile = (from: string, to: string) => run('dtc', ['-@', '-I', 'dts', '-O', 'dtb', '-o', to, from]);
    await compile(inFolder('base.dts'), inFolder('base.dtb'));
    expect((await compile(file(`${name}.dts`), inFolder('hat.dtbo'))).stderr).toBe('');
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

  it('switches on what the lines need, and the sound', async () => {
    for (const node of on) expect(await property(`/soc/${node}`, 'status')).toBe('okay');
    expect(await property('/modcall-sound', 'simple-audio-card,name')).toBe(card);
    expect(await readFile(file('asound.conf'), 'utf8')).toContain(`hw:CARD=${card}`);
  });

  it('uses no pin twice', async () => {
    const lists = await Promise.all(groups.map((group) => property(`/soc/gpio/modcall-${group}-pins`, 'brcm,pins')));
    const all = [...lists.flatMap((list) => list.split(' ')), ...drivenPins(board)];
    expect(all).toHaveLength(pins);
    expect(new Set(all).size).toBe(all.length);
  });
});
