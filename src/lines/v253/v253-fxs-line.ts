import type { CallerId } from '../../switchboard/leg-commands.js';
import type { RingCadence } from '../../switchboard/network-tones.js';
import type { FxsLine } from '../line.js';
import type { FxsEvent } from '../line-events.js';
import { quoted } from './quoted.js';
import type { HatState, Report } from './reports.js';
import type { V253Options } from './v253-line.js';
import { V253Line } from './v253-line.js';

const mostNumberOctets = 20;
const mostNameOctets = 60;

const silence = 'AT+VRL=0';

/** A telephone on a HAT that speaks the profile of PROTOCOL.md. */
export class V253FxsLine extends V253Line<FxsEvent> implements FxsLine {
  readonly kind = 'fxs';
  #isOffHook = false;
  /** The command that makes it ring; undefined while it should be silent. */
  #ringing: string | undefined;

  constructor(options: V253Options) {
    super('fxs', options);
  }

  ring(cadence: RingCadence, caller: CallerId): void {
    if (!this.isReady || this.#isOffHook) return;
    this.#ringing = ringCommand(cadence, caller);
    this.command(this.#ringing);
  }

  stopRinging(): void {
    if (this.#ringing === undefined) return;
    this.#ringing = undefined;
    this.command(silence);
  }

  protected rest(): void {
    this.#isOffHook = false;
    this.#ringing = undefined;
  }

  protected onLineReport(report: Report): void {
    if (report.kind === 'offHook') this.#setHook(true);
    else if (report.kind === 'onHook') this.#setHook(false);
    else if (report.kind === 'flash') this.emit({ type: 'flash' });
  }

  protected onLineState(state: HatState, isUpToDate: boolean): void {
    this.#setHook(state.isOffHook);
    if (!isUpToDate) return;
    if (this.#ringing === undefined && state.isRinging) this.command(silence);
    if (this.#ringing !== undefined && !state.isRinging) this.command(this.#ringing);
  }

  /** The HAT rightly refuses to ring a telephone that was lifted just then. */
  protected override onCommandFailed(error: unknown): void {
    if (!this.#isOffHook) super.onCommandFailed(error);
  }

  #setHook(isOffHook: boolean): void {
    if (isOffHook === this.#isOffHook) return;
    this.#isOffHook = isOffHook;
    this.#ringing = undefined;
    this.emit({ type: isOffHook ? 'offHook' : 'onHook' });
  }
}

/** PROTOCOL.md, 4: durations in units of 10 ms. */
function ringCommand(cadence: RingCadence, { number, name }: CallerId): string {
  const durations = cadence.map((ms) => Math.round(ms / 10)).join(',');
  const shown =
    number === '' && name === '' ? '' : `,${quoted(number, mostNumberOctets)},${quoted(name, mostNameOctets)}`;
  return `AT+VRL=[${durations}]${shown}`;
}
