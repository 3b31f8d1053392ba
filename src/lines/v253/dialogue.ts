import { CommandRefused, LineTrouble } from './line-trouble.js';
import { Reader } from './reader.js';
import type { HatState, Report } from './reports.js';
import type { Timing } from './timing.js';
import type { Wire } from './wire.js';

/** What a dialogue hears besides the answers to its commands. */
export interface Hearer {
  onReport(report: Report): void;
  /** Reports are missing. */
  onLoss(): void;
  /** Something that may have been a report could not be read. Whether one is missing, the next one's serial number tells. */
  onDamage(): void;
}

/** A command that waits for its answer. */
interface PendingCommand {
  readonly command: string;
  readonly lines: string[];
  /** Number of the state report that must come before `OK` counts; undefined when none need come. */
  readonly question: number | undefined;
  state: HatState | undefined;
  resolve(): void;
  reject(error: Error): void;
}

const mostQuestion = 65_535;

/**
 * Commands and answers with one HAT, one command at a time, in order (PROTOCOL.md, 7). An answer that stays away makes the
 * dialogue find its step again with a numbered question, so that a late answer is never taken for that to another command.
 */
export class Dialogue {
  readonly #wire: Wire;
  readonly #timing: Timing;
  readonly #hearer: Hearer;
  readonly #reader = new Reader();
  #queue: Promise<unknown> = Promise.resolve();
  #queued = 0;
  #pending: PendingCommand | undefined;
  #question = 0;
  #serial: number | undefined;
  /** Why the dialogue ended, once it has. */
  #reason: string | undefined;
  #isKeptAlive = false;
  #hasRestarted = false;
  #nextQuestion: NodeJS.Timeout | undefined;
  #end: (reason: string) => void = () => {};
  /** Resolves with the reason when the HAT is out of reach or has forgotten what it was told. Never rejects. */
  readonly ended = new Promise<string>((resolve) => {
    this.#end = resolve;
  });

  constructor(wire: Wire, timing: Timing, hearer: Hearer) {
    this.#wire = wire;
    this.#timing = timing;
    this.#hearer = hearer;
    wire.onData((bytes) => this.#onData(bytes));
    wire.onGone((reason) => this.end(reason));
  }

  /** Whether commands wait behind the present one, so that a state report is older than what was asked for. */
  get isBehind(): boolean {
    return this.#queued > 1;
  }

  get #isEnded(): boolean {
    return this.#reason !== undefined;
  }

  /** Whether the HAT ended the dialogue by starting anew, so that it accepts commands from now on. */
  get hasRestarted(): boolean {
    return this.#hasRestarted;
  }

  /** Sends a command; its information lines. Rejects with a LineTrouble. One that is repeatable is sent again when no answer came. */
  ask(command: string, isRepeatable = true): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      try {
        return (await this.#perform(command)).lines;
      } catch (error) {
        if (error instanceof CommandRefused || this.#isEnded) throw error;
        await this.#findStep();
        if (!isRepeatable) throw error;
        return (await this.#perform(command)).lines;
      }
    });
  }

  /** Asks for the state of the line. Rejects with a LineTrouble, and ends the dialogue, when there is no answer. */
  readState(): Promise<HatState> {
    return this.#inTurn(() => this.#findStep());
  }

  /** Asks for the state from now on whenever nothing was asked for a while, so that each side knows that the other is there. */
  keepAlive(): void {
    this.#isKeptAlive = true;
    this.#askLater();
  }

  /** Nothing is heard or sent from now on; commands that wait are rejected. */
  end(reason: string): void {
    this.#reason ??= reason;
    clearTimeout(this.#nextQuestion);
    this.#pending?.reject(new LineTrouble(this.#reason));
    this.#end(this.#reason);
  }

  #askLater(): void {
    clearTimeout(this.#nextQuestion);
    if (this.#isEnded || !this.#isKeptAlive) return;
    this.#nextQuestion = setTimeout(() => this.readState().catch(() => {}), this.#timing.keepAlive);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    this.#queued += 1;
    const turn = this.#queue.then(task).finally(() => {
      this.#queued -= 1;
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #findStep(): Promise<HatState> {
    for (const patience of [1, 2, 4]) {
      this.#question = (this.#question % mostQuestion) + 1;
      const question = this.#question;
      const asked = this.#perform(`AT#ST=${question}`, question, patience * this.#timing.answer);
      const { state } = await asked.catch(() => ({ state: undefined }));
      if (state) return state;
      if (this.#isEnded) break;
    }
    const reason = 'the HAT does not answer: is it powered, and is it this tty?';
    this.end(reason);
    throw new LineTrouble(reason);
  }

  #perform(command: string, question?: number, waitMs = this.#timing.answer): Promise<PendingCommand> {
    return new Promise<PendingCommand>((resolve, reject) => {
      if (this.#reason !== undefined) {
        reject(new LineTrouble(this.#reason));
        return;
      }
      const timer = setTimeout(() => conclude(() => reject(new LineTrouble('the HAT does not answer'))), waitMs);
      const conclude = (finish: () => void) => {
        clearTimeout(timer);
        this.#pending = undefined;
        finish();
      };
      const pending: PendingCommand = {
        command,
        lines: [],
        question,
        state: undefined,
        resolve: () => conclude(() => resolve(pending)),
        reject: (error) => conclude(() => reject(error)),
      };
      this.#pending = pending;
      this.#wire.write(`${command}\r`);
      this.#askLater();
    });
  }

  #onData(bytes: Uint8Array): void {
    for (const reading of this.#reader.push(bytes)) {
      if (this.#isEnded) return;
      if (reading.kind === 'line') this.#onLine(reading.text);
      else if (reading.kind === 'report') this.#onReport(reading.serial, reading.report);
      else this.#hearer.onDamage();
    }
  }

  #onLine(text: string): void {
    const pending = this.#pending;
    if (!pending || isEcho(text)) return;
    const isOwn = pending.question === undefined || pending.state !== undefined;
    if (text === 'OK' && isOwn) pending.resolve();
    else if (text === 'ERROR' && isOwn) pending.reject(new CommandRefused(pending.command));
    else pending.lines.push(text);
  }

  #onReport(serial: number, report: Report): void {
    const expected = this.#serial === undefined ? serial : (this.#serial + 1) % 256;
    this.#serial = serial;
    if (report.kind === 'restart') {
      this.#hasRestarted = true;
      this.end(`the HAT has restarted (${report.reason})`);
      return;
    }
    if (serial !== expected || report.kind === 'overrun') this.#hearer.onLoss();
    if (report.kind === 'state') this.#onState(report.state);
    if (!this.#isEnded) this.#hearer.onReport(report);
  }

  #onState(state: HatState): void {
    const pending = this.#pending;
    if (pending?.question === state.answers) pending.state = state;
  }
}

/** A HAT that was just reset sends the command back. */
function isEcho(text: string): boolean {
  return text.startsWith('AT');
}
