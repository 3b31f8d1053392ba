import { afterEach, beforeEach, expect, it } from 'vitest';
import { EmulatedBoard } from './emulated-board.js';

let board: EmulatedBoard;
const started = () => [...board.console.matchAll(/Modcall: starts slot ([AB])/g)].map(([, slot]) => slot);

beforeEach(async () => {
  board = await EmulatedBoard.withNewCard();
});
afterEach(() => board.remove());

it('a slot that does not start three times gives way to the other, and both are tried again when neither does', async () => {
  await board.damage('boot-a');
  await board.switchOn();
  await board.untilConsole('both slots to have three again', /no attempt is left[\s\S]*starts slot A/);
  expect(started().slice(0, 7)).toEqual(['A', 'A', 'A', 'B', 'B', 'B', 'A']);
  // U-Boot looks into no other file system than those of its own: how data are left by a power cut does not concern it.
  expect(board.console).not.toMatch(/efi|Scanning bootdev/i);
});
