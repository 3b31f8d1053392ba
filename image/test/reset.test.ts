import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../test/support/waiting.js';
import { BoardAdmin } from './board-admin.js';
import { EmulatedBoard } from './emulated-board.js';
import type { Wires } from './wires.js';

/** A lamp is lit by the program that has said so on the console, which may be held up in between. */
const lampPatienceMs = 5 * 60_000;

describe('the button, held while the board starts', () => {
  let board: EmulatedBoard;
  const hardwareId = async () => {
    const [, id = ''] = await board.untilConsole('the hardware ID', /"hardwareId":"(MH2-[A-Z0-9-]+)"/);
    return id;
  };
  const switchOnHeld = async () => {
    await board.switchOn();
    const wires = await board.wires();
    await wires.setButton(true);
    return wires;
  };
  /** Holds the button until the box says that it has been held for long enough, and lets go of it. */
  const letGo = async (wires: Wires, expression: RegExp) => {
    await board.untilConsole('the countdown to end', expression);
    await until(
      'both LEDs',
      async () => {
        const { monitor, status } = await wires.lamps();
        return monitor && status;
      },
      lampPatienceMs,
    );
    board.forgetConsole();
    await wires.setButton(false);
  };
  const names = async (admin: BoardAdmin) => {
    const { settings } = (await admin.expectOk('GET', '/settings')) as {
      readonly settings: { readonly extensions: readonly { readonly name: string }[] };
    };
    return settings.extensions.map(({ name }) => name);
  };
  const resets = async (admin: BoardAdmin) => {
    const { entries } = (await admin.expectOk('GET', '/audit?type=boxReset')) as {
      readonly entries: readonly unknown[];
    };
    return entries.length;
  };
  const setUp = (admin: BoardAdmin) =>
    admin.expectOk('PUT', '/extensions/201', { name: 'Of the first owner', password: 'generate' }, '*');

  let ofTheFirstStart: string;

  beforeAll(async () => {
    board = await EmulatedBoard.withNewCard();
    await board.switchOn();
    ofTheFirstStart = await hardwareId();
    const admin = await BoardAdmin.of(board);
    await setUp(admin);
    admin.close();
    await board.untilConsole('the slot to be kept', /marked slot system\.0 as good/);
    await board.switchOff();
  });
  afterAll(() => board?.remove());

  it('resets settings and users after a countdown; it stays the same box, with its record', async () => {
    const wires = await switchOnHeld();
    await letGo(wires, /is reset as soon as the button is let go/);
    wires.close();
    expect(await hardwareId()).toBe(ofTheFirstStart);
    const admin = await BoardAdmin.of(board);
    expect(await names(admin)).not.toContain('Of the first owner');
    expect(await resets(admin)).toBe(1);
    await setUp(admin);
    admin.close();
    await board.untilConsole('the slot to be kept', /marked slot system\.0 as good/);
    await board.switchOff();
  });

  it('leaves nothing of the box when it is held twice', async () => {
    const wires = await switchOnHeld();
    await letGo(wires, /is reset as soon as the button is let go/);
    await until('the status LED to go out', async () => !(await wires.lamps()).status, lampPatienceMs);
    await wires.setButton(true);
    await letGo(wires, /nothing of this box stays/);
    wires.close();
    expect(await hardwareId()).not.toBe(ofTheFirstStart);
    const admin = await BoardAdmin.of(board);
    expect(await names(admin)).not.toContain('Of the first owner');
    expect(await resets(admin)).toBe(0);
    admin.close();
  });
});
