import type { FxoLine } from '../line.js';
import type { FxoEvent } from '../line-events.js';
import { LineTrouble } from './line-trouble.js';
import type { HatState, Report } from './reports.js';
import type { V253Options } from './v253-line.js';
import { V253Line } from './v253-line.js';

const select = { onHook: 0, offHook: 1 } as const;

/** An exchange's line on a HAT that speaks the profile of PROTOCOL.md. */
export class V253FxoLine extends V253Line<FxoEvent> implements FxoLine {
  readonly kind = 'fxo';
  #isSeized = false;
  #dialling = '';
  #ringGap: NodeJS.Timeout | undefined;

  constructor(options: V253Options) {
    super('fxo', options);
  }

  seize(): void {
    this.#select(true);
  }

  drop(): void {
    this.#select(false);
  }

  dial(digits: string): void {
    if (!this.#isSeized) return;
    this.#dialling = digits;
    // Not repeatable: the digits would be dialled twice.
    this.command(`AT+VTS=${[...digits].join(',')}`, false);
  }

  protected rest(): void {
    this.#isSeized = false;
    this.#dialling = '';
    clearTimeout(this.#ringGap);
    this.#ringGap = undefined;
  }

  protected onLineReport(report: Report): void {
    switch (report.kind) {
      case 'ring':
        this.#onRing();
        break;
      case 'callerId':
        this.emit({ type: 'callerId', caller: report.caller });
        break;
      case 'tone':
        this.emit({ type: 'tone', tone: report.tone });
        break;
      case 'loopBreak':
        this.emit({ type: 'loopLoss' });
        break;
      case 'dialled':
        this.#onDialled(report.digits);
        break;
    }
  }

  protected onLineState(state: HatState, isUpToDate: boolean): void {
    if (state.isRinging && !this.#ringGap && !this.#isSeized) this.#onRing();
    const wanted = this.#isSeized ? select.offHook : select.onHook;
    if (isUpToDate && state.select !== wanted) this.command(`AT+VLS=${wanted}`);
  }

  #select(isSeized: boolean): void {
    if (!this.isReady || this.#isSeized === isSeized) return;
    this.#isSeized = isSeized;
    if (isSeized) this.#forgetRing();
    this.command(`AT+VLS=${isSeized ? select.offHook : select.onHook}`);
  }

  #onRing(): void {
    if (this.#isSeized) return;
    if (!this.#ringGap) this.emit({ type: 'ringing' });
    clearTimeout(this.#ringGap);
    this.#ringGap = setTimeout(() => {
      this.#ringGap = undefined;
      this.emit({ type: 'ringStopped' });
    }, this.timing.ringGap);
  }

  #forgetRing(): void {
    clearTimeout(this.#ringGap);
    this.#ringGap = undefined;
  }

  /** Digits other than those requested were damaged on their way to the HAT. */
  #onDialled(digits: string): void {
    const isRight = digits === this.#dialling;
    this.#dialling = '';
    if (isRight) this.emit({ type: 'dialled' });
    else this.fault(new LineTrouble('the HAT did not dial the digits that it was sent', 'advice.line.disturbed'));
  }
}
