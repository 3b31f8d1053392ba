import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FxoLine, FxsLine } from '../../src/lines/line.js';
import type { FxoEvent, FxsEvent } from '../../src/lines/line-events.js';
import type { CallerId } from '../../src/switchboard/leg-commands.js';
import { until } from '../support/waiting.js';

interface Bench {
  /** The hardware breaks, and is there again. */
  breakDown(): Promise<void>;
  repair(): Promise<void>;
  /** All that was commanded so far has taken effect. */
  settle(): Promise<void>;
  remove(): Promise<void>;
}

/** An FXS line, and the hands of whoever stands at its telephone. */
export interface FxsBench extends Bench {
  readonly line: FxsLine;
  lift(): Promise<void>;
  hangUp(): Promise<void>;
  press(digits: string): Promise<void>;
  pulse(digits: string): Promise<void>;
  flash(): Promise<void>;
  /** Whether the telephone rings, silences between the rings included. */
  isRinging(): boolean;
  shownCaller(): CallerId | undefined;
}

/** An FXO line, and the exchange that it hangs on. */
export interface FxoBench extends Bench {
  readonly line: FxoLine;
  ring(caller?: CallerId): Promise<void>;
  stopRinging(): Promise<void>;
  playBusy(): Promise<void>;
  breakLoop(): Promise<void>;
  isSeized(): boolean;
  dialled(): string;
}

const anna: CallerId = { number: '03012345', name: 'Änne "A" Groß' };
const german = [1000, 4000];

/** What only some FXS lines do. */
export interface FxsAbilities {
  /** Detects DTMF by itself. */
  readonly keys: boolean;
  /** Shows the telephone who calls. */
  readonly callerId: boolean;
}

/** What every FXS line does, whatever it is made of. */
export function fxsContract(
  name: string,
  open: () => Promise<FxsBench>,
  abilities: FxsAbilities = { keys: true, callerId: true },
): void {
  describe(`the FXS line contract: ${name}`, () => {
    let bench: FxsBench;
    let events: FxsEvent[];

    beforeEach(async () => {
      bench = await open();
      events = [];
      bench.line.onEvent((event) => events.push(event));
      bench.line.start();
      await heard(events, 'ready');
    });

    afterEach(async () => {
      await bench.line.stop();
      await bench.remove();
    });

    it('is ready once, and on hook', () => {
      expect(events.map(({ type }) => type)).toEqual(['ready']);
      expect(bench.isRinging()).toBe(false);
    });

    it('reports lifting and hanging up', async () => {
      await bench.lift();
      await heard(events, 'offHook');
      await bench.hangUp();
      await heard(events, 'onHook');
      expect(typesSince(events, 'ready')).toEqual(['offHook', 'onHook']);
    });

    it.runIf(abilities.keys)('reports all keys in order, once each', async () => {
      await lifted();
      await bench.press('0123456789*#');
      await until('the last key', () => digits(events).length === 12);
      expect(digits(events)).toBe('0123456789*#');
      expect(events.filter((event) => event.type === 'digit').every(({ how }) => how === 'dtmf')).toBe(true);
    });

    it('reports dialled pulses as digits, not as hook or flash', async () => {
      await lifted();
      await bench.pulse('130');
      await until('the last digit', () => digits(events).length === 3);
      expect(events.slice(-3)).toEqual(['1', '3', '0'].map((digit) => ({ type: 'digit', digit, how: 'pulse' })));
    });

    it('reports a flash, not as hanging up', async () => {
      await lifted();
      await bench.flash();
      await heard(events, 'flash');
      await bench.pulse('1');
      await until('the digit after it', () => digits(events) === '1');
      expect(typesSince(events, 'offHook')).toEqual(['flash', 'digit']);
    });

    it('rings until told to stop', async () => {
      bench.line.ring(german, anna);
      await until('the bell', () => bench.isRinging());
      bench.line.stopRinging();
      await until('silence', () => !bench.isRinging());
      expect(typesSince(events, 'ready')).toEqual([]);
    });

    it.runIf(abilities.callerId)('shows who calls while it rings', async () => {
      bench.line.ring(german, anna);
      await until('the caller to be shown', () => bench.shownCaller()?.number === anna.number);
      expect(bench.shownCaller()).toMatchObject(anna);
    });

    it('stops ringing when lifted', async () => {
      bench.line.ring(german, anna);
      await until('the bell', () => bench.isRinging());
      await lifted();
      expect(bench.isRinging()).toBe(false);
    });

    it('does not ring while lifted', async () => {
      await lifted();
      bench.line.ring(german, anna);
      await bench.pulse('1');
      await until('something later', () => digits(events) === '1');
      expect(bench.isRinging()).toBe(false);
      expect(events.some(({ type }) => type === 'fault')).toBe(false);
    });

    it('reports that it is lost, and recovers by itself', async () => {
      await bench.breakDown();
      const lost = await heard(events, 'lost');
      expect(lost.type === 'lost' && lost.reason).toBeTruthy();
      bench.line.ring(german, anna);
      await bench.repair();
      await until('it to be ready again', () => count(events, 'ready') === 2);
      expect(count(events, 'lost')).toBe(1);
      await bench.settle();
      expect(bench.isRinging()).toBe(false);
      await lifted();
    });

    it('detects by itself that the handset is off the hook', async () => {
      await lifted();
      await bench.breakDown();
      await heard(events, 'lost');
      await bench.repair();
      await bench.lift();
      await until('the handset to be found lifted', () => typesSince(events, 'lost').includes('offHook'));
      expect(typesSince(events, 'lost').filter((type) => type !== 'fault')).toEqual(['ready', 'offHook']);
    });

    it('does not emit events within commands', () => {
      const before = events.length;
      bench.line.ring(german, anna);
      bench.line.stopRinging();
      expect(events).toHaveLength(before);
    });

    it('does not emit events after it was stopped, and can be stopped twice', async () => {
      bench.line.ring(german, anna);
      await until('the bell', () => bench.isRinging());
      const before = events.length;
      await bench.line.stop();
      await bench.line.stop();
      await until('silence', () => !bench.isRinging());
      await bench.lift();
      expect(events).toHaveLength(before);
    });

    async function lifted(): Promise<void> {
      await bench.lift();
      await heard(events, 'offHook');
    }
  });
}

/** What every FXO line does, whatever it is made of. */
export function fxoContract(name: string, open: () => Promise<FxoBench>): void {
  describe(`the FXO line contract: ${name}`, () => {
    let bench: FxoBench;
    let events: FxoEvent[];

    beforeEach(async () => {
      bench = await open();
      events = [];
      bench.line.onEvent((event) => events.push(event));
      bench.line.start();
      await heard(events, 'ready');
    });

    afterEach(async () => {
      await bench.line.stop();
      await bench.remove();
    });

    it('is ready once, and on hook', () => {
      expect(events.map(({ type }) => type)).toEqual(['ready']);
      expect(bench.isSeized()).toBe(false);
    });

    it('reports a call once, who calls, and that the caller gave up', async () => {
      await bench.ring(anna);
      await heard(events, 'callerId');
      await bench.stopRinging();
      await heard(events, 'ringStopped');
      expect(events.slice(1)).toEqual([
        { type: 'ringing' },
        { type: 'callerId', caller: anna },
        { type: 'ringStopped' },
      ]);
    });

    it('answers a call', async () => {
      await bench.ring();
      await heard(events, 'ringing');
      bench.line.seize();
      await until('the call to be answered', () => bench.isSeized());
      bench.line.drop();
      await until('the line to be on hook', () => !bench.isSeized());
      expect(typesSince(events, 'ringing')).toEqual([]);
    });

    it('gets a dial tone and dials', async () => {
      bench.line.seize();
      expect(await heard(events, 'tone')).toEqual({ type: 'tone', tone: 'dial' });
      bench.line.dial('0301234*#');
      await heard(events, 'dialled');
      expect(bench.dialled()).toBe('0301234*#');
      bench.line.dial('5');
      await until('the digit dialled later', () => count(events, 'dialled') === 2);
      expect(bench.dialled()).toBe('0301234*#5');
    });

    it('does not dial on hook', async () => {
      bench.line.dial('110');
      bench.line.seize();
      await heard(events, 'tone');
      expect(bench.dialled()).toBe('');
    });

    it('reports busy tone and loop break', async () => {
      bench.line.seize();
      await heard(events, 'tone');
      await bench.playBusy();
      await until('busy tone', () => events.some((event) => event.type === 'tone' && event.tone === 'busy'));
      await bench.breakLoop();
      await heard(events, 'loopLoss');
    });

    it('reports that it is lost, is on hook afterwards, and recovers by itself', async () => {
      bench.line.seize();
      await until('the line to be seized', () => bench.isSeized());
      await bench.breakDown();
      await heard(events, 'lost');
      bench.line.seize();
      bench.line.dial('1');
      await bench.repair();
      await until('it to be ready again', () => count(events, 'ready') === 2);
      await bench.settle();
      expect(bench.isSeized()).toBe(false);
    });

    it('is on hook after it was stopped, without another event', async () => {
      bench.line.seize();
      await until('the line to be seized', () => bench.isSeized());
      const before = events.length;
      await bench.line.stop();
      await until('the line to be on hook', () => !bench.isSeized());
      expect(events).toHaveLength(before);
    });
  });
}

type AnyEvent = FxsEvent | FxoEvent;

function heard(events: readonly AnyEvent[], type: AnyEvent['type']): Promise<AnyEvent> {
  return until(
    () => `${type}; there was ${JSON.stringify(events)}`,
    () => events.find((event) => event.type === type),
  );
}

const count = (events: readonly AnyEvent[], type: AnyEvent['type']) =>
  events.filter((event) => event.type === type).length;

function typesSince(events: readonly AnyEvent[], type: AnyEvent['type']): readonly string[] {
  return events.slice(events.findIndex((event) => event.type === type) + 1).map((event) => event.type);
}

const digits = (events: readonly AnyEvent[]): string =>
  events.map((event) => (event.type === 'digit' ? event.digit : '')).join('');
