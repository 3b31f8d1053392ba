import { CommandRefused, LineTrouble } from './line-trouble.js';
import { Reader } from './reader.js';
import type { HatState, Report } from './reports.js';
import type { Timing } from './timing.js';
import type { Wire } from './wire.js';

/** Receives what the HAT sends besides answers to commands. */
export interface Hearer {
  onReport(report: Report): void;
  /** Reports are missing. */
  onLoss(): void;
  /** Possibly a report, but unreadable. The serial number of the next one tells whether it was. */
  onDamage(): void;
}

/** A command that waits for its answer. */
interface PendingCommand {
  readonly command: string;
  readonly lines: string[];
  /** Number of the state report that must precede `OK`; undefined when none is needed. */
  readonly question: number | undefined;
  state: HatState | undefined;
  resolve(): void;
  reject(error: Error): void;
}

const mostQuestion = 65_535;

/**
 * Commands and answers with one HAT, one command at a time, in order (PROTOCOL.md, 7). When an answer is missing, the dialogue
 * synchronises with a numbered question, so that a late answer is never taken for the answer to another command.
 */
export class HatDialogue {
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
  #trouble: LineTrouble | undefined;
  #isKeptAlive = false;
  #hasRestarted = false;
  #nextQuestion: NodeJS.Timeout | undefined;
  #end: (trouble: LineTrouble) => void = () => {};
  /** Resolves with the reason when the HAT is out of reach or has been reset. Never rejects. */
  readonly ended = new Promise<LineTrouble>((resolve) => {
    this.#end = resolve;
  });

  constructor(wire: Wire, timing: Timing, hearer: Hearer) {
    this.#wire = wire;
    this.#timing = timing;
    this.#hearer = hearer;
    wire.onData((bytes) => this.#onData(bytes));
    wire.onGone((trouble) => this.end(trouble));
  }

  /** Whether further commands are queued, so that a state report is already out of date. */
  get isBehind(): boolean {
    return this.#queued > 1;
  }

  get #isEnded(): boolean {
    return this.#trouble !== undefined;
  }

  /** Whether the dialogue ended because the HAT restarted, so that it accepts commands again. */
  get hasRestarted(): boolean {
    return this.#hasRestarted;
  }

  /** Resolves with the information lines of the answer, or rejects with a LineTrouble. A repeatable command is resent if none comes. */
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

  /** Asks for the state of the line. Without an answer it ends the dialogue and rejects with a LineTrouble. */
  readState(): Promise<HatState> {
    return this.#inTurn(() => this.#findStep());
  }

  /** From now on asks for the state after each quiet spell, so that each side knows the other is alive. */
  keepAlive(): void {
    this.#isKeptAlive = true;
    this.#askLater();
  }

  /** Stops listening and sending, and rejects the commands still waiting. */
  end(trouble: LineTrouble): void {
    this.#trouble ??= trouble;
    clearTimeout(this.#nextQuestion);
    this.#pending?.reject(this.#trouble);
    this.#end(this.#trouble);
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
    const trouble = new LineTrouble('the HAT does not answer', 'advice.line.silent');
    this.end(trouble);
    throw trouble;
  }

  #perform(command: string, question?: number, waitMs = this.#timing.answer): Promise<PendingCommand> {
    return new Promise<PendingCommand>((resolve, reject) => {
      if (this.#trouble !== undefined) {
        reject(this.#trouble);
        return;
      }
      const timer = setTimeout(
        () => conclude(() => reject(new LineTrouble('the HAT does not answer', 'advice.line.silent'))),
        waitMs,
      );
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
      this.end(new LineTrouble(`the HAT has restarted (${report.reason})`));
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

/** A HAT that has just been reset echoes commands. */
function isEcho(text: string): boolean {
  return text.startsWith('AT');
}
