import { setTimeout as pause } from 'node:timers/promises';
import type { LineAudio } from '../../engine/line-audio.js';
import type { Country } from '../../primitives/country.js';
import type { Line } from '../line.js';
import type { PortEvent } from '../line-events.js';
import { HatDialogue } from './hat-dialogue.js';
import { LineTrouble, troubleOf } from './line-trouble.js';
import type { HatState, Report } from './reports.js';
import { startUp } from './start-up.js';
import type { Timing } from './timing.js';
import { usualTiming } from './timing.js';
import type { Wire } from './wire.js';
import { openWire } from './wire.js';

export interface V253Options {
  /** Path of the UART's tty. */
  readonly tty: string;
  readonly audio: LineAudio;
  readonly country: Country;
  readonly timing?: Partial<Timing>;
}

/** After this long without trouble, retries start with short pauses again, in milliseconds. */
const longEnough = 10_000;

/** How long a HAT may take to go to rest before it is left alone, in milliseconds. */
const mostRestMs = 500;

const closed = new LineTrouble('the line was closed');

/**
 * What FXS and FXO lines on a HAT have in common: they connect to it, lose it, and reconnect. The driver knows what the line should be
 * doing, reads from the HAT what it is doing, and corrects any difference.
 */
export abstract class V253Line<Event> {
  readonly audio: LineAudio;
  protected readonly timing: Timing;
  readonly #options: V253Options;
  readonly #kind: Line['kind'];
  readonly #stopping = new AbortController();
  #listener: (event: Event | PortEvent) => void = () => {};
  #running: Promise<void> | undefined;
  #dialogue: HatDialogue | undefined;
  #hat: Awaited<ReturnType<typeof startUp>> | undefined;
  #isReady = false;
  #isReading = false;
  #lastFault = '';
  #startWasCutShort = false;

  constructor(kind: Line['kind'], options: V253Options) {
    this.#kind = kind;
    this.#options = options;
    this.audio = options.audio;
    this.timing = { ...usualTiming, ...options.timing };
  }

  onEvent(listener: (event: Event | PortEvent) => void): void {
    this.#listener = listener;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return this.#running;
    this.#stopping.abort();
    this.rest();
    const dialogue = this.#dialogue;
    if (dialogue && this.#hat) {
      await Promise.race([dialogue.ask('ATZ').catch(() => {}), pause(mostRestMs, undefined, { ref: false })]);
    }
    dialogue?.end(closed);
    await this.#running;
  }

  protected get isReady(): boolean {
    return this.#isReady;
  }

  /** Resets what is known of the line and wanted of it: on hook and silent. */
  protected abstract rest(): void;
  /** Handles a report that only this kind of line has. */
  protected abstract onLineReport(report: Report): void;
  /** Compares the state of the line with what is known and wanted. */
  protected abstract onLineState(state: HatState, isUpToDate: boolean): void;

  protected emit(event: Event | PortEvent): void {
    if (!this.#stopping.signal.aborted) this.#listener(event);
  }

  /** Sends a command if the line is ready. The state reports check its effect, so no answer is awaited. */
  protected command(command: string, isRepeatable = true): void {
    if (!this.#isReady) return;
    this.#dialogue?.ask(command, isRepeatable).catch((error: unknown) => this.onCommandFailed(error));
  }

  protected onCommandFailed(error: unknown): void {
    if (this.#isReady) this.fault(troubleOf(error));
  }

  protected fault({ reason, advice }: LineTrouble): void {
    this.emit({ type: 'fault', reason, advice });
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let wait = this.timing.firstRetry;
    while (!signal.aborted) {
      const began = performance.now();
      this.#disconnected(await this.#connect());
      if (performance.now() - began > longEnough) wait = this.timing.firstRetry;
      await pause(wait, undefined, { signal }).catch(() => {});
      wait = Math.min(2 * wait, this.timing.longestRetry);
    }
  }

  /** Works with the HAT until it no longer can, and resolves with the reason. */
  async #connect(): Promise<LineTrouble> {
    let wire: Wire | undefined;
    try {
      wire = await openWire(this.#options.tty);
      if (this.#stopping.signal.aborted) return closed;
      return await this.#converse(wire);
    } catch (error) {
      return troubleOf(error);
    } finally {
      this.#dialogue?.end(closed);
      await wire?.close();
    }
  }

  async #converse(wire: Wire): Promise<LineTrouble> {
    const dialogue = new HatDialogue(wire, this.timing, {
      onReport: (report) => this.#onReport(report),
      onLoss: () => this.#onLoss(),
      onDamage: () => this.#readState(),
    });
    this.#dialogue = dialogue;
    // Terminates whatever partial command is in the HAT's buffer.
    wire.write('\r');
    this.#hat = await startUp(dialogue, this.#kind, this.#options.country);
    await dialogue.readState();
    dialogue.keepAlive();
    return await dialogue.ended;
  }

  #disconnected(trouble: LineTrouble): void {
    const hasComeUp = this.#hasComeUp();
    this.#dialogue = undefined;
    this.#hat = undefined;
    if (hasComeUp) return;
    this.#stopsWorking(trouble);
  }

  /** Whether the HAT was just switched on, which is no fault unless it happens twice in a row. */
  #hasComeUp(): boolean {
    const isCutShort = !this.#isReady && this.#dialogue?.hasRestarted === true;
    const isFirst = isCutShort && !this.#startWasCutShort;
    this.#startWasCutShort = isCutShort;
    return isFirst;
  }

  #onReport(report: Report): void {
    if (report.kind === 'state') this.#onState(report.state);
    else if (!this.#isReady) return;
    else if (report.kind === 'digit') this.emit({ type: 'digit', digit: report.digit, how: report.how });
    else if (report.kind === 'fault') this.fault(new LineTrouble(`the HAT reports: ${report.text}`));
    else this.onLineReport(report);
  }

  #onState(state: HatState): void {
    const hat = this.#hat;
    if (!hat) return;
    if (state.serviceClass !== 8) this.#dialogue?.end(new LineTrouble('the HAT has restarted'));
    else if (!state.isFed) this.#unfed();
    else {
      if (!this.#isReady) this.#becomeReady(hat.hardware, hat.detectsDigits);
      this.onLineState(state, this.#dialogue?.isBehind === false);
    }
  }

  #becomeReady(hardware: string, detectsDigits: boolean): void {
    this.#isReady = true;
    this.#lastFault = '';
    this.emit({ type: 'ready', digits: detectsDigits ? 'reported' : 'inBand', hardware });
  }

  #unfed(): void {
    this.#stopsWorking(
      this.#kind === 'fxo'
        ? new LineTrouble('no exchange is connected to this port', 'advice.line.noExchange')
        : new LineTrouble('the HAT cannot feed the telephone', 'advice.line.notFed'),
    );
  }

  /** Reported once, however often it is tried again. */
  #stopsWorking(trouble: LineTrouble): void {
    const { reason, advice } = trouble;
    const isNews = reason !== this.#lastFault;
    this.#lastFault = reason;
    if (this.#isReady) {
      this.#isReady = false;
      this.rest();
      this.emit({ type: 'lost', reason, advice });
    } else if (isNews) this.fault(trouble);
  }

  #onLoss(): void {
    if (this.#isReady) this.emit({ type: 'missed' });
    this.#readState();
  }

  #readState(): void {
    if (this.#isReading || !this.#isReady) return;
    this.#isReading = true;
    this.#dialogue
      ?.readState()
      .catch(() => {})
      .finally(() => {
        this.#isReading = false;
      });
  }
}
