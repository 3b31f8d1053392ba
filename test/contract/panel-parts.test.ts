import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BoardPanel } from '../../src/panel/board-panel.js';
import type { PanelEvent, PanelParts } from '../../src/panel/panel.js';
import { FakePanel, inputEvents } from '../support/board/fake-panel.js';
import { until } from '../support/waiting.js';

describe('faulty parts of the panel', () => {
  let hardware: FakePanel;
  let panel: BoardPanel | undefined;
  let events: PanelEvent[];

  beforeEach(async () => {
    hardware = await FakePanel.make(await mkdtemp(join(tmpdir(), 'modcall-parts-')));
    events = [];
  });
  afterEach(async () => {
    await panel?.stop();
    await rm(hardware.folder, { recursive: true });
  });

  async function start(change: Partial<PanelParts> = {}): Promise<void> {
    panel = new BoardPanel({ ...hardware.parts, ...change });
    panel.onEvent((event) => events.push(event));
    await panel.start();
  }
  const contacts = () => events.flatMap((event) => (event.type === 'button' ? [event.isClosed] : []));
  const reasonOf = (part: keyof PanelParts) =>
    events.flatMap((event) => (event.type === 'fault' && event.part === part ? [event.reason] : [])).join();

  const adviceOn = (part: keyof PanelParts) =>
    events.flatMap((event) => (event.type === 'fault' && event.part === part ? [event.advice?.code] : [])).join();

  it('an input device replaced by another one of the same name is reopened', async () => {
    await start();
    await hardware.takeAway('button');
    await hardware.putBack('button');
    await hardware.setButton(true);
    await until('the press', () => contacts().length === 1);
    expect(reasonOf('button')).toContain('is a different device now');
  });

  it('an event that arrives in pieces, and after others, is one event', async () => {
    await start();
    const octets = inputEvents([1, 30, 1], [1, 148, 1], [0, 0, 0], [1, 148, 0], [0, 0, 0]);
    await hardware.write(octets.subarray(0, 77));
    await until('the press', () => contacts().length > 0);
    await hardware.write(octets.subarray(77));
    await until('the release', () => contacts().length > 1);
    expect(contacts()).toEqual([true, false]);
  });

  it('no event is lost in a flood', async () => {
    await start();
    const presses = Array.from({ length: 300 }, (_, index) => [1, 148, index % 2 === 0 ? 1 : 0] as const);
    await hardware.write(inputEvents(...presses));
    await until('all presses', () => contacts().length === 300);
    expect(contacts().every((isClosed, index) => isClosed === (index % 2 === 0))).toBe(true);
  });

  it('a plain file is not an input device', async () => {
    const path = join(hardware.folder, 'notes');
    await writeFile(path, 'nothing to press');
    await start({ button: { driver: 'input', path, key: 148 } });
    expect(reasonOf('button')).toContain(path);
  });

  it('an LED is taken from the kernel trigger that has it', async () => {
    await start();
    const trigger = await readFile(join(hardware.path('monitorLamp'), 'trigger'), 'utf8');
    expect(trigger.split('\n')[0]).toBe('none');
  });

  it('an LED that somebody else has switched is put right', async () => {
    await start();
    panel?.show({ monitor: 'steady', status: 'dark' });
    expect(hardware.isLit('monitorLamp')).toBe(true);
    await writeFile(join(hardware.path('monitorLamp'), 'brightness'), '0\n');
    await until('the LED to be lit again', () => hardware.isLit('monitorLamp'));
  });

  it('a board file with no GPIO chip of that label says so', async () => {
    const line = { driver: 'gpio', chip: 'no-such-chip', line: 1, activeLow: false } as const;
    await start({ monitorLamp: line, button: line });
    for (const part of ['monitorLamp', 'button'] as const) {
      expect(reasonOf(part)).toContain('"no-such-chip"');
      const hasGpio = existsSync('/sys/class/gpio');
      expect(reasonOf(part)).toContain(hasGpio ? 'no GPIO chip has such a label' : 'ENOENT');
      expect(adviceOn(part)).toBe(hasGpio ? 'advice.part.other' : 'advice.part.noGpio');
    }
    panel?.show({ monitor: 'dark', status: 'steady' });
    expect(hardware.isLit('statusLamp')).toBe(true);
  });
});
