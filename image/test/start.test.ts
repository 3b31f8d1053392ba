import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmulatedBoard } from './emulated-board.js';

describe('the image on a board', () => {
  let board: EmulatedBoard;
  const hardwareId = async () => {
    const [, id = ''] = await board.untilConsole('the hardware ID', /"hardwareId":"(MH2-[A-Z0-9-]+)"/);
    return id;
  };

  beforeAll(async () => {
    board = await EmulatedBoard.withNewCard();
  });
  afterAll(() => board?.remove());

  let ofTheFirstStart: string;

  it('starts from a new card, tells its hardware ID, and answers phones', async () => {
    await board.switchOn();
    ofTheFirstStart = await hardwareId();
    await board.untilConsole('the box', /"msg":"ready"/);
    expect(await board.askSip()).toBe('SIP/2.0 200 OK');
  });

  it('keeps the slot that it has started from, once it answers', async () => {
    await board.untilConsole('the slot to be kept', /marked slot system\.0 as good/);
  });

  it('has the same hardware ID after it was switched off and on', async () => {
    await board.switchOff();
    await board.switchOn();
    expect(await hardwareId()).toBe(ofTheFirstStart);
  });

  it('has it after a power cut, too', async () => {
    await board.cutPower();
    await board.switchOn();
    expect(await hardwareId()).toBe(ofTheFirstStart);
    await board.untilConsole('the box', /"msg":"ready"/);
  });
});
