import { afterEach, expect, it } from 'vitest';
import { EmulatedBoard } from './emulated-board.js';

let board: EmulatedBoard | undefined;
afterEach(() => board?.remove());

it("the U-Boot of a Raspberry Pi 4 takes its environment from the card, and runs the card's boot script at once", async () => {
  board = await EmulatedBoard.withNewCard('raspi4b');
  await board.switchOn();
  await board.untilConsole(
    'a slot to be started',
    /Loading Environment from FAT[\s\S]*boot script on mmc \d[\s\S]*starts slot A/,
  );
  expect(board.console).not.toMatch(/autoboot|bootflow|no boot script/i);
});
