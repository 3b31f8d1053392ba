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
    await board.untilReady();
    expect(await board.askSip()).toBe('SIP/2.0 200 OK');
  });

  it('keeps the slot that it has started from, once it answers', async () => {
    await board.untilConsole('the slot to be kept', /marked slot system\.0 as good/);
  });

  it('lets in whoever has put a key on the card, and nobody else', async () => {
    expect(await board.untilSh('SSH', 'id -un')).toBe('root');
    expect(await board.sh('sshd -T | grep -E "^(password|kbdinteractive)authentication"')).not.toContain('yes');
  });

  it('uses at most 200 MB of memory when idle, and all of the card', async () => {
    const [total = 0, available = 0] = (
      await board.sh("sed -nE 's/^Mem(Total|Available): *([0-9]+) kB/\\2/p' /proc/meminfo")
    )
      .split('\n')
      .map(Number);
    const started = await board.sh('systemd-analyze --no-pager | head -n 1');
    console.log(`${Math.round((total - available) / 1000)} MB of memory are in use. ${started}`);
    expect(total - available).toBeLessThan(200_000);
    expect(Number(await board.sh('df --output=size -m /data | tail -n 1'))).toBeGreaterThan(1000);
  });

  it('checks itself for whoever has a real board', async () => {
    const report = await board.sh('/usr/lib/modcall-image/first-checks || true');
    const as = (word: string) => [...report.matchAll(new RegExp(`^${word} +([^:\n]+)`, 'gm'))].map(([, what]) => what);
    expect(as('as expected')).toEqual(
      expect.arrayContaining(['the attempts of the slots', 'the running slot, kept', 'Modcall', 'units that failed']),
    );
    // It is none.
    expect(as('DIFFERS')).toContain('the board');
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
    await board.untilReady();
  });
});
