import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { FxoEvent, FxsEvent, PortTrouble } from '../../src/lines/line-events.js';
import { V253FxoLine } from '../../src/lines/v253/v253-fxo-line.js';
import { V253FxsLine } from '../../src/lines/v253/v253-fxs-line.js';
import { Firmware } from '../../src/simulator/hat/firmware.js';
import { FxsCircuit } from '../../src/simulator/hat/fxs-circuit.js';
import { PseudoTerminal } from '../../src/simulator/hat/pseudo-terminal.js';
import type { Recording } from '../support/audio/recording.js';
import { sine, toneLevel, totalLevel } from '../support/audio/tones.js';
import { Hat } from '../support/board/hat.js';
import { until } from '../support/waiting.js';

const timing = { firstRetry: 50, longestRetry: 200, keepAlive: 500 };

const anna = { number: '4711', name: 'Anna' };

const cleaners: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const clean of cleaners.splice(0).reverse()) await clean();
});

async function hatOf(kind: 'fxs' | 'fxo', ...options: readonly string[]): Promise<Hat> {
  const hat = await Hat.start(kind, ...options);
  cleaners.push(() => hat.remove());
  return hat;
}

function fxsOn(tty: string): { readonly line: V253FxsLine; readonly events: readonly FxsEvent[] } {
  const line = new V253FxsLine({ tty, country: 'de', audio: { kind: 'socket', path: '' }, timing });
  const events: FxsEvent[] = [];
  line.onEvent((event) => events.push(event));
  line.start();
  cleaners.push(() => line.stop());
  return { line, events };
}

function fxoOn(tty: string): { readonly line: V253FxoLine; readonly events: readonly FxoEvent[] } {
  const line = new V253FxoLine({ tty, country: 'de', audio: { kind: 'socket', path: '' }, timing });
  const events: FxoEvent[] = [];
  line.onEvent((event) => events.push(event));
  line.start();
  cleaners.push(() => line.stop());
  return { line, events };
}

async function readyFxs(...options: readonly string[]) {
  const hat = await hatOf('fxs', ...options);
  const { line, events } = fxsOn(hat.tty);
  await seen(events, 'ready');
  return { hat, line, events };
}

/** A HAT that restarts instead of answering, so many times, and works from then on. */
async function ttyThatRestarts(times: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'modcall-tty-'));
  const path = join(folder, 'tty');
  const tty = await PseudoTerminal.open(path);
  cleaners.push(() => tty.close().then(() => rm(folder, { recursive: true })));
  const firmware = new Firmware((bytes) => tty.write(bytes));
  const circuit = new FxsCircuit(true, (code, data) => firmware.report(code, data), { onBell() {}, onCaller() {} });
  let restarts = 0;
  tty.onData((bytes) => {
    if (restarts === times) firmware.receive(bytes);
    else if (bytes.includes('ATZ')) {
      restarts += 1;
      firmware.powerUp(circuit);
    }
  });
  return path;
}

type AnyEvent = FxsEvent | FxoEvent;

function seen(events: readonly AnyEvent[], type: AnyEvent['type'], times = 1): Promise<true> {
  return until(
    () => `${type}; there was ${JSON.stringify(events)}`,
    () => types(events).filter((other) => other === type).length >= times || undefined,
  );
}

const types = (events: readonly AnyEvent[]) => events.map(({ type }) => type);
const digits = (events: readonly AnyEvent[]) =>
  events.map((event) => (event.type === 'digit' ? event.digit : '')).join('');

/** The text of the first event that has a reason. */
async function complaint(events: readonly AnyEvent[], type: 'fault' | 'lost'): Promise<string> {
  return (await trouble(events, type)).reason;
}

/** The advice of the first event that has a reason, by its code. */
const advised = async (events: readonly AnyEvent[]) => (await trouble(events, 'fault')).advice?.code;

async function trouble(events: readonly AnyEvent[], type: 'fault' | 'lost'): Promise<PortTrouble> {
  await seen(events, type);
  const event = events.find((candidate) => candidate.type === type);
  return event && 'reason' in event ? event : { reason: '', advice: null };
}

/** Lifts, keys some digits and hangs up. */
async function useTelephone(hat: Hat, events: readonly FxsEvent[]): Promise<void> {
  await hat.tell({ do: 'lift' });
  await seen(events, 'offHook');
  await hat.press('159#');
  await hat.tell({ do: 'flash' });
  await hat.tell({ do: 'hangUp' });
  await seen(events, 'onHook');
}

const used = ['offHook', 'digit', 'digit', 'digit', 'digit', 'flash', 'onHook'];

describe('a troublesome UART', () => {
  it.each([
    ['cuts everything into single bytes', { wire: { splits: true } }],
    ['delivers in lumps', { wire: { mergeMs: 80 } }],
    ['echoes although it was told not to', { firmware: { alwaysEchoes: true } }],
    ['makes noise in the pauses', { wire: { noise: 200 } }],
  ])('%s: every event arrives, and no other', async (_, faults) => {
    const hat = await hatOf('fxs');
    await hat.fault(faults);
    const { line, events } = fxsOn(hat.tty);
    await seen(events, 'ready');
    await hat.tell({ do: 'lift' });
    await seen(events, 'offHook');
    await hat.press('159#');
    await until('the keys', () => digits(events).endsWith('#'));
    await hat.tell({ do: 'hangUp' });
    await seen(events, 'onHook');
    line.ring([1000, 4000], anna);
    await until('the bell', () => hat.last('bell')?.isRinging);
    await hat.fault({ wire: { noise: 0 } });
    const told = events.filter(({ type }) => type !== 'missed' && type !== 'fault');
    expect(types(told)).toEqual(['ready', 'offHook', 'digit', 'digit', 'digit', 'digit', 'onHook']);
    expect(digits(events)).toBe('159#');
  });

  it.each([
    ['loses', { wire: { lost: 0.02 } }],
    ['damages', { wire: { corrupted: 0.02 } }],
  ])('%s bytes: no wrong event, missing digits are reported, and the hook state ends up right', async (_, faults) => {
    const { hat, events } = await readyFxs();
    await hat.fault(faults);
    await hat.tell({ do: 'lift' });
    await hat.press('1111111111');
    await until(
      'some digits, or word that they are missing',
      () => digits(events) !== '' || types(events).includes('missed'),
    );
    await hat.tell({ do: 'hangUp' });
    await hat.fault({ wire: { lost: 0, corrupted: 0 } });
    await until('the hook to be right', () => lastHook(events) === 'onHook');
    const missing = 10 - digits(events).length;
    if (missing > 0) expect(types(events).some((type) => type === 'missed' || type === 'lost')).toBe(true);
    expect(digits(events)).toMatch(/^1{0,10}$/);
    expect(types(events)).not.toContain('flash');
  });

  it('is disturbed without end: no wrong event', async () => {
    const { hat, events } = await readyFxs();
    // Over half a million random bytes: ten minutes of a UART that picks up some thousand a second.
    await hat.fault({ wire: { noise: 60_000 } });
    await pause(10_000);
    await hat.fault({ wire: { noise: 0 } });
    const harmless = events.filter(({ type }) => ['ready', 'lost', 'missed', 'fault'].includes(type));
    expect(events).toEqual(harmless);
    await hat.tell({ do: 'lift' });
    await seen(events, 'offHook');
  });
});

function lastHook(events: readonly FxsEvent[]): string | undefined {
  const since = events.findLastIndex(({ type }) => type === 'ready');
  const hook = events.slice(since).findLast(({ type }) => type === 'offHook' || type === 'onHook');
  return hook?.type ?? 'onHook';
}

describe('a HAT that misbehaves', () => {
  it('says that it has lost reports', async () => {
    const { hat, events } = await readyFxs();
    await hat.tell({ do: 'lift' });
    await seen(events, 'offHook');
    await hat.fault({ firmware: { overrun: 2 } });
    await hat.press('123');
    await seen(events, 'missed');
    await hat.press('4');
    await until('a later key', () => digits(events).endsWith('4'));
    expect(digits(events).length).toBeLessThan(4);
  });

  it('restarts: the line is lost and works again, and the lifted handset is detected', async () => {
    const { hat, events } = await readyFxs();
    await hat.tell({ do: 'lift' });
    await seen(events, 'offHook');
    await hat.tell({ do: 'restart', reason: 'watchdog' });
    expect(await complaint(events, 'lost')).toContain('watchdog');
    await seen(events, 'offHook', 2);
    expect(types(events).filter((type) => type !== 'fault')).toEqual(['ready', 'offHook', 'lost', 'ready', 'offHook']);
  });

  it('is switched on while being queried: not a fault, it is just queried again', async () => {
    const { events } = fxsOn(await ttyThatRestarts(1));
    await seen(events, 'ready');
    expect(types(events)).toEqual(['ready']);
  });

  it('restarts whenever it is queried: this is reported once', async () => {
    const { events } = fxsOn(await ttyThatRestarts(4));
    await seen(events, 'ready');
    expect(events[0]).toEqual({ type: 'fault', reason: 'the HAT has restarted (power)', advice: null });
    expect(types(events)).toEqual(['fault', 'ready']);
  });

  it('answers late once: the late answer is not mistaken for another', async () => {
    const { hat, line, events } = await readyFxs();
    await hat.fault({ firmware: { lateMs: 1300 } });
    line.ring([1000, 4000], anna);
    await until('the bell', () => hat.last('bell')?.isRinging);
    await hat.fault({ firmware: { lateMs: 0 } });
    line.stopRinging();
    await until('silence', () => hat.last('bell')?.isRinging === false);
    await useTelephone(hat, events);
    expect(types(events)).toEqual(['ready', ...used]);
  });

  it('falls silent: the line is lost, and recovers when it answers again', async () => {
    const { hat, events } = await readyFxs();
    await hat.fault({ firmware: { isDeaf: true } });
    expect(await complaint(events, 'lost')).toContain('does not answer');
    await hat.fault({ firmware: { isDeaf: false } });
    await seen(events, 'ready', 2);
    await useTelephone(hat, events);
  });

  it('forgets to ring: the command is repeated', async () => {
    const { hat, line, events } = await readyFxs();
    line.ring([1000, 4000], anna);
    await until('the bell', () => hat.last('bell')?.isRinging);
    await hat.tell({ do: 'glitch' });
    expect(hat.last('bell')?.isRinging).toBe(false);
    await until('the bell again', () => hat.last('bell')?.isRinging);
    expect(types(events)).toEqual(['ready']);
  });

  it('drops a line that should be seized: the command is repeated', async () => {
    const hat = await hatOf('fxo');
    const { line, events } = fxoOn(hat.tty);
    await seen(events, 'ready');
    line.seize();
    await until('the line to be seized', () => hat.last('line')?.isSeized);
    await hat.tell({ do: 'glitch' });
    await until('the line to be seized again', () => hat.last('line')?.isSeized);
  });

  it('loses the telephone’s feed: the line is lost, with the cause, and recovers', async () => {
    const { hat, events } = await readyFxs();
    await hat.tell({ do: 'feed', isFed: false });
    expect(await complaint(events, 'lost')).toContain('cannot feed the telephone');
    await hat.tell({ do: 'feed', isFed: true });
    await seen(events, 'ready', 2);
  });

  it('has no exchange on it', async () => {
    const hat = await hatOf('fxo');
    await hat.tell({ do: 'feed', isFed: false });
    const { events } = fxoOn(hat.tty);
    expect(await complaint(events, 'fault')).toContain('no exchange is connected');
    expect(await advised(events)).toBe('advice.line.noExchange');
    await hat.tell({ do: 'feed', isFed: true });
    await seen(events, 'ready');
  });

  it('does not detect DTMF: this is reported, and pulses still work', async () => {
    const { hat, events } = await readyFxs('--no-dtmf');
    // A slow machine may first have reported a HAT that did not answer in time.
    expect(events.find(({ type }) => type === 'ready')).toMatchObject({ digits: 'inBand' });
    await hat.tell({ do: 'lift' });
    await seen(events, 'offHook');
    await hat.press('5');
    await hat.tell({ do: 'pulse', digit: '2' });
    await seen(events, 'digit');
    expect(digits(events)).toBe('2');
  });
});

describe('a device that is not a suitable line', () => {
  it('is a tty that does not exist, and appears later', async () => {
    const hat = await hatOf('fxs');
    await hat.kill();
    await rm(hat.tty, { force: true });
    const { events } = fxsOn(hat.tty);
    expect(await complaint(events, 'fault')).toContain(`${hat.tty} does not exist`);
    expect(await advised(events)).toBe('advice.line.noTty');
    await hat.run();
    await seen(events, 'ready');
    // A slow machine may take seconds over its start, in which it does not answer; no cause is told twice.
    const reasons = events.flatMap((event) => (event.type === 'fault' ? [event.reason] : []));
    expect(reasons).toEqual([...new Set(reasons)]);
    expect(types(events).filter((type) => type !== 'fault')).toEqual(['ready']);
  });

  it('is a tty that somebody else uses', async () => {
    const { hat } = await readyFxs();
    const { events } = fxsOn(hat.tty);
    expect(await complaint(events, 'fault')).toContain('in use by another program');
    expect(await advised(events)).toBe('advice.line.busy');
  });

  it('is a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-tty-'));
    cleaners.push(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'tty'), '');
    const { events } = fxsOn(join(folder, 'tty'));
    expect(await complaint(events, 'fault')).toContain('is not a serial port');
    expect(await advised(events)).toBe('advice.line.notATty');
  });

  it('is an ordinary modem', async () => {
    const hat = await hatOf('fxs');
    await hat.fault({ firmware: { isForeign: true } });
    const { events } = fxsOn(hat.tty);
    expect(await complaint(events, 'fault')).toContain('not a HAT for Modcall');
    expect(await advised(events)).toBe('advice.line.notAHat');
  });

  it('is a HAT of another profile', async () => {
    const hat = await hatOf('fxs');
    await hat.fault({ firmware: { profile: '2.3' } });
    const { events } = fxsOn(hat.tty);
    expect(await complaint(events, 'fault')).toContain('version 2.3');
    expect(await advised(events)).toBe('advice.line.otherVersion');
    await hat.fault({ firmware: { profile: '1.7' } });
    await seen(events, 'ready');
  });

  it('is a line of the other kind', async () => {
    const hat = await hatOf('fxo');
    const { events } = fxsOn(hat.tty);
    expect(await complaint(events, 'fault')).toBe('this is an FXO line, and the board file says FXS');
    expect(await advised(events)).toBe('advice.line.otherKind');
  });

  it('is something that never answers', async () => {
    const hat = await hatOf('fxs');
    await hat.fault({ firmware: { isDeaf: true } });
    const { events } = fxsOn(hat.tty);
    expect(await complaint(events, 'fault')).toContain('does not answer');
    expect(await advised(events)).toBe('advice.line.silent');
  });
});

describe('the sound of the simulated HAT', () => {
  it('passes both ways while lifted, and nothing while not', async () => {
    const hat = await hatOf('fxs');
    const [host, person] = [await soundOn(hat.audio), await soundOn(hat.person)];
    host.send(sine(600, -12, 10_000));
    person.send(sine(400, -12, 10_000));
    await host.hear(10);
    expect(totalLevel(await host.hear(10))).toBeLessThan(-90);
    expect(totalLevel(await person.hear(10))).toBeLessThan(-90);
    await hat.tell({ do: 'lift' });
    await until('the person’s tone', async () => toneLevel(await host.hear(10), 400) > -14);
    await until('the host’s tone', async () => toneLevel(await person.hear(10), 600) > -14);
    expect(toneLevel(await host.hear(10), 600)).toBeLessThan(-50);
  });

  it('has the tones of the keys', async () => {
    const hat = await hatOf('fxs');
    const host = await soundOn(hat.audio);
    await hat.tell({ do: 'lift' });
    const pressed = hat.tell({ do: 'press', digit: '5', ms: 3000 });
    await until('770 and 1336 Hz', async () => {
      const heard = await host.hear(50);
      return toneLevel(heard, 770) > -18 && toneLevel(heard, 1336) > -18 && toneLevel(heard, 697) < -40;
    });
    await pressed;
  });
});

const frameBytes = 320;

/** One end of a sound socket. */
async function soundOn(path: string) {
  const socket: Socket = createConnection(path);
  cleaners.push(async () => socket.destroy());
  await once(socket, 'connect');
  let received = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
  });
  let sending: NodeJS.Timeout | undefined;
  cleaners.push(async () => clearInterval(sending));
  return {
    send({ samples }: Recording): void {
      const bytes = Buffer.from(samples.buffer);
      let at = 0;
      sending = setInterval(() => {
        socket.write(bytes.subarray(at, at + frameBytes));
        at = (at + frameBytes) % bytes.length;
      }, 20);
    },
    /** The next frames that arrive. */
    async hear(frames: number): Promise<Recording> {
      received = Buffer.alloc(0);
      await until('sound', () => received.length >= (frames + 1) * frameBytes);
      const whole = received.subarray(0, frames * frameBytes);
      const samples = Int16Array.from({ length: whole.length / 2 }, (_, index) => whole.readInt16LE(index * 2));
      return { sampleRate: 8000, samples };
    },
  };
}
