import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HatDialogue } from '../../../src/lines/v253/hat-dialogue.js';
import { LineTrouble } from '../../../src/lines/v253/line-trouble.js';
import type { Report } from '../../../src/lines/v253/reports.js';
import { usualTiming } from '../../../src/lines/v253/timing.js';
import type { Wire } from '../../../src/lines/v253/wire.js';
import { reportText } from '../../../src/simulator/hat/report-text.js';

/** A wire whose other end is in the hands of the test. */
class HeldWire implements Wire {
  readonly written: string[] = [];
  #onData: (bytes: Uint8Array) => void = () => {};
  #onGone: (trouble: LineTrouble) => void = () => {};

  write(text: string): void {
    this.written.push(text.replace('\r', ''));
  }
  onData(listener: (bytes: Uint8Array) => void): void {
    this.#onData = listener;
  }
  onGone(listener: (trouble: LineTrouble) => void): void {
    this.#onGone = listener;
  }
  async close(): Promise<void> {}

  say(text: string): void {
    this.#onData(Buffer.from(text, 'latin1'));
  }
  report(serial: number, code: string, data = ''): void {
    this.#onData(reportText(serial, code, data));
  }
  vanish(): void {
    this.#onGone(new LineTrouble('the tty is gone'));
  }
}

describe('a dialogue with a HAT', () => {
  let wire: HeldWire;
  let reports: Report[];
  let losses: number;
  let dialogue: HatDialogue;

  beforeEach(() => {
    vi.useFakeTimers();
    wire = new HeldWire();
    reports = [];
    losses = 0;
    dialogue = new HatDialogue(wire, usualTiming, {
      onReport: (report) => reports.push(report),
      onLoss: () => {
        losses += 1;
      },
      onDamage: () => {},
    });
  });

  afterEach(() => {
    dialogue.end(new LineTrouble('the test is over'));
    vi.useRealTimers();
  });

  it('sends one command at a time', async () => {
    const first = dialogue.ask('AT+GMI');
    const second = dialogue.ask('AT+GMM');
    await settled();
    expect(wire.written).toEqual(['AT+GMI']);
    wire.say('AT+GMI\r\r\nMaker\r\n\r\nOK\r\n');
    expect(await first).toEqual(['Maker']);
    await settled();
    expect(wire.written).toEqual(['AT+GMI', 'AT+GMM']);
    wire.say('\r\nOK\r\n');
    expect(await second).toEqual([]);
  });

  it('distinguishes a refusal from silence, without naming what was dialled', async () => {
    const asked = dialogue.ask('AT+VTS=1,2,3,4', false);
    await settled();
    wire.say('\r\nERROR\r\n');
    await expect(asked).rejects.toThrow('the HAT refused AT+VTS');
    await expect(asked).rejects.not.toThrow('1,2,3,4');
  });

  it('does not mistake a late answer for the answer to the next command', async () => {
    const asked = dialogue.ask('AT+VLS=1');
    await vi.advanceTimersByTimeAsync(1000);
    expect(wire.written).toEqual(['AT+VLS=1', 'AT#ST=1']);
    wire.say('\r\nOK\r\n');
    await settled();
    expect(wire.written).toHaveLength(2);
    wire.report(0, 'S', '1,8,0,0,0,1');
    wire.say('\r\nOK\r\n');
    await settled();
    expect(wire.written).toEqual(['AT+VLS=1', 'AT#ST=1', 'AT+VLS=1']);
    wire.say('\r\nOK\r\n');
    await expect(asked).resolves.toEqual([]);
  });

  it('does not dial twice', async () => {
    const asked = dialogue.ask('AT+VTS=5', false);
    asked.catch(() => {});
    await vi.advanceTimersByTimeAsync(1000);
    wire.report(0, 'S', '1,8,1,0,0,1');
    wire.say('\r\nOK\r\n');
    await expect(asked).rejects.toThrow('does not answer');
    expect(wire.written).toEqual(['AT+VTS=5', 'AT#ST=1']);
  });

  it('ends when three questions have no answer, after 1, 2 and 4 s', async () => {
    const asked = dialogue.readState();
    asked.catch(() => {});
    await vi.advanceTimersByTimeAsync(6999);
    expect(wire.written).toEqual(['AT#ST=1', 'AT#ST=2', 'AT#ST=3']);
    await vi.advanceTimersByTimeAsync(1);
    await expect(asked).rejects.toThrow('does not answer');
    await expect(dialogue.ended).resolves.toMatchObject({ reason: 'the HAT does not answer' });
  });

  it('ends with the tty, and rejects what waits', async () => {
    const asked = dialogue.ask('AT');
    const waiting = dialogue.ask('AT');
    asked.catch(() => {});
    waiting.catch(() => {});
    await settled();
    wire.vanish();
    await expect(asked).rejects.toThrow('the tty is gone');
    await expect(waiting).rejects.toThrow('the tty is gone');
    await expect(dialogue.ended).resolves.toMatchObject({ reason: 'the tty is gone' });
  });

  it('ends when the HAT has restarted', async () => {
    wire.report(0, 'Z', 'watchdog');
    await expect(dialogue.ended).resolves.toMatchObject({ reason: 'the HAT has restarted (watchdog)' });
  });

  it('notices a missing report, even where the serial numbers start over', () => {
    wire.report(254, 'H');
    wire.report(255, 'h');
    wire.report(0, 'H');
    expect(losses).toBe(0);
    wire.report(2, 'h');
    expect(losses).toBe(1);
    wire.report(3, 'o');
    expect(losses).toBe(2);
    expect(reports).toHaveLength(5);
  });

  it('asks for the state after a while without a command, whatever the HAT reports, so that the HAT knows its host is alive', async () => {
    dialogue.keepAlive();
    for (let serial = 0; serial < 12; serial += 1) {
      await vi.advanceTimersByTimeAsync(400);
      wire.report(serial, 'R');
    }
    expect(wire.written).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(wire.written).toEqual(['AT#ST=1']);
    wire.report(12, 'S', '1,8,0,0,1,1');
    wire.say('\r\nOK\r\n');
    await vi.advanceTimersByTimeAsync(3000);
    dialogue.ask('AT+VLS=1').catch(() => {});
    await settled();
    wire.say('\r\nOK\r\n');
    await vi.advanceTimersByTimeAsync(4900);
    expect(wire.written.slice(1)).toEqual(['AT+VLS=1']);
    await vi.advanceTimersByTimeAsync(100);
    expect(wire.written.slice(2)).toEqual(['AT#ST=2']);
  });
});

async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}
