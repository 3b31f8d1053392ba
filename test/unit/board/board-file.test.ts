import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BoardError, parseBoard, readBoard, UnknownBoard } from '../../../src/board/board-file.js';
import { problemText } from '../../../src/locales/problem-text.js';

const boards = fileURLToPath(new URL('../../../board', import.meta.url));
const simulator = await readFile(join(boards, 'simulator/board.json'), 'utf8');

type Raw = Record<string, unknown>;

function reportOn(text: string, language: 'de' | 'en' = 'en', runtime = '/run/modcall'): string {
  try {
    parseBoard('board.json', text, runtime);
  } catch (error) {
    if (error instanceof BoardError) return problemText(language, error);
    throw error;
  }
  return 'valid';
}

/** The report on the simulator's file after setting the value at a path such as `panel.button.key`. */
function reportWith(path: string, value: unknown, language: 'de' | 'en' = 'en'): string {
  const file: Raw = JSON.parse(simulator);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const place = steps.reduce<Raw>((inner, step) => inner[step] as Raw, file);
  place[last] = value;
  return reportOn(JSON.stringify(file), language);
}

describe('a board file', () => {
  it.each(['simulator', 'modcall-hat'])('is valid for the board %s of Modcall', async (name) => {
    const board = await readBoard([boards], name, '/run/modcall');
    expect(board.lines.map(({ kind }) => kind)).toContain('fxs');
    expect(board.lines.map(({ kind }) => kind)).toContain('fxo');
    expect(board.handset).toBe('handset');
  });

  it('may have a SLIC module for a telephone, on GPIO lines of its own', async () => {
    const board = await readBoard([boards], 'slic-hat', '/run/modcall');
    expect(board.lines.map(({ driver, kind }) => [driver, kind])).toEqual([['slic', 'fxs']]);
    const [line] = JSON.parse(await readFile(join(boards, 'slic-hat/board.json'), 'utf8')).lines;
    expect(reportWith('lines', [line])).toBe('valid');
    expect(reportWith('lines', [{ ...line, kind: 'fxo' }])).toContain('is no kind of line that a SLIC module can be');
    expect(reportWith('lines', [{ ...line, reverse: line.hook }])).toContain('lines[0].reverse');
    expect(reportWith('lines', [{ ...line, driver: 'isdn' }])).toContain('is not a way to connect a line');
    expect(reportWith('lines', [{ ...line, hook: { ...line.hook, line: -1 } }])).toContain(
      'is not a line of a GPIO chip',
    );
  });

  it('has the runtime folder filled in', async () => {
    const board = await readBoard([boards], 'simulator', '/run/modcall');
    expect(board.panel).toEqual({
      monitorLamp: { driver: 'led', path: '/run/modcall/leds/monitor' },
      statusLamp: { driver: 'led', path: '/run/modcall/leds/status' },
      button: { driver: 'input', path: '/run/modcall/button', key: 148 },
      privacyMinutes: 15,
    });
    expect(board.lines[0]).toEqual({
      port: 'handset',
      kind: 'fxs',
      tty: '/run/modcall/handset.tty',
      audio: { kind: 'socket', path: '/run/modcall/handset.audio' },
    });
  });

  it('may name GPIO lines', () => {
    const gpio = { driver: 'gpio', chip: 'pinctrl-(bcm2711|bcm2835|rp1)', line: 17, activeLow: false };
    expect(reportWith('panel.monitorLamp', gpio)).toBe('valid');
    expect(reportWith('panel.button', { ...gpio, activeLow: true })).toBe('valid');
  });
});

describe('a wrong board file', () => {
  it('is named, with every mistake in it', () => {
    const text = simulator.replace('"key": 148', '"key": 0').replace('"fxo"', '"isdn"');
    expect(reportOn(text)).toBe(
      [
        'The board file board.json is not valid (2 mistakes).',
        '  panel.button.key = 0',
        '    is not a key code',
        '    Remedy: Write a code of input-event-codes.h, 1 to 767, without quotes; KEY_PROG1 is 148.',
        '  lines[2].kind = "isdn"',
        '    is not a kind of line',
        '    Remedy: Write "fxs" where a telephone is connected, "fxo" where the line of an exchange is.',
      ].join('\n'),
    );
  });

  it.each<[string, unknown, string]>([
    ['version', 2, 'version = 2\n    is not a version of a board file'],
    ['title', '', 'title = ""\n    is not a title'],
    ['panel', 'none', 'panel = (hidden)\n    is not a group of keys'],
    ['panel.monitorLamp', undefined, 'panel.monitorLamp\n    is missing'],
    ['panel.monitorLamp.driver', 'onoff', 'panel.monitorLamp.driver = "onoff"\n    is not a way to connect a lamp'],
    ['panel.monitorLamp.path', 'leds/x', 'panel.monitorLamp.path = "leds/x"\n    is not a path'],
    ['panel.monitorLamp.path', '$HOME/leds', 'panel.monitorLamp.path = "$HOME/leds"\n    is not a path'],
    ['panel.monitorLamp.path', '/leds/', 'panel.monitorLamp.path = "/leds/"\n    is not a path'],
    ['panel.monitorLamp.paht', '/x', 'panel.monitorLamp.paht = (hidden)\n    means nothing in a board file'],
    ['panel.button.driver', 'led', 'panel.button.driver = "led"\n    is not a way to connect the button'],
    ['panel.button.key', '148', 'panel.button.key = "148"\n    is not a key code'],
    [
      'panel.button',
      { driver: 'gpio', chip: '(', line: 4, activeLow: true },
      'panel.button.chip = "("\n    is not a pattern',
    ],
    [
      'panel.button',
      { driver: 'gpio', chip: 'x', line: -1, activeLow: true },
      'panel.button.line = -1\n    is not a line',
    ],
    ['panel.button', { driver: 'gpio', chip: 'x', line: 1 }, 'panel.button.activeLow\n    is missing'],
    ['panel.privacyMinutes', 0, 'panel.privacyMinutes = 0\n    is not a time'],
    ['lines', {}, 'lines = {…}\n    is not a list'],
    ['lines.0.port', 'Handset', 'lines[0].port = "Handset"\n    is not a port name'],
    ['lines.1.port', 'handset', 'lines[1].port = "handset"\n    is the same as lines[0].port'],
    [
      'lines.1.tty',
      `\${runtime}/handset.tty`,
      `lines[1].tty = "\${runtime}/handset.tty"\n    is the same as lines[0].tty`,
    ],
    ['lines.0.audio.kind', 'oss', 'lines[0].audio.kind = "oss"\n    is not a sound channel'],
    [
      'lines.0.audio',
      { kind: 'alsa', capture: 'a b', playback: 'x' },
      'lines[0].audio.capture = "a b"\n    is not the name of an ALSA device',
    ],
    ['lines.0.audio.path', `/${'x'.repeat(107)}`, '    is too long for a socket'],
    ['handset', 'line1', 'handset = "line1"\n    is not a port with a telephone'],
  ])('%s = %j is refused', (path, value, expected) => {
    expect(reportWith(path, value)).toContain(expected);
    expect(reportWith(path, value, 'de')).toContain('Abhilfe: ');
  });

  it('may not name one lamp for both, nor the same GPIO line', () => {
    expect(reportWith('panel.statusLamp.path', `\${runtime}/leds/monitor`)).toContain(
      'panel.statusLamp = {…}\n    is the same as panel.monitorLamp',
    );
    const gpio = { driver: 'gpio', chip: 'pinctrl', line: 17 };
    const file = JSON.parse(simulator);
    file.panel.monitorLamp = { ...gpio, activeLow: true };
    file.panel.button = { ...gpio, activeLow: false };
    expect(reportOn(JSON.stringify(file))).toContain('panel.button = {…}\n    is the same as panel.monitorLamp');
  });

  it('that is not JSON says where', () => {
    expect(reportOn('{ "version": 1,\n }')).toContain('is not valid JSON: line 2, column 2');
    expect(reportOn('{ "version": 1, "version": 1 }')).toContain('has the key "version" twice');
  });
});

describe('boards in folders', () => {
  let own: string;
  beforeEach(async () => {
    own = await mkdtemp(join(tmpdir(), 'modcall-boards-'));
  });
  afterEach(() => rm(own, { recursive: true }));

  it('are taken from the first folder that has them', async () => {
    await mkdir(join(own, 'simulator'));
    await writeFile(join(own, 'simulator', 'board.json'), simulator.replace('Simulated board', 'Mine'));
    expect((await readBoard([own, boards], 'simulator', '/run')).title).toBe('Mine');
    expect((await readBoard([own, boards], 'modcall-hat', '/run')).title).toContain('HAT');
  });

  it('that do not exist are reported with those that do', async () => {
    await expect(readBoard([join(own, 'none'), boards], 'simulater', '/run')).rejects.toThrow(
      new UnknownBoard('simulater', ['modcall-hat', 'simulator', 'slic-hat']),
    );
    await expect(readBoard([boards], '../simulator', '/run')).rejects.toThrow(UnknownBoard);
  });

  it('are named by the file that has the mistake', async () => {
    await mkdir(join(own, 'mine'));
    await writeFile(join(own, 'mine', 'board.json'), '{}');
    await expect(readBoard([own, boards], 'mine', '/run')).rejects.toThrow(join(own, 'mine', 'board.json'));
  });
});
