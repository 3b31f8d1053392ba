import { join } from 'node:path';
import type { HatCommand } from '../hat/control-messages.js';
import { SimulatedHat } from '../hat/simulated-hat.js';
import type { Key, PageAction, PortState } from '../page/messages.js';
import { exchangeAfter, type LineEvent, telephoneAfter } from './line-state.js';
import { MouthAndEar } from './mouth-and-ear.js';

export interface PortOrder {
  /** Its tty is `<name>.tty` in the folder of the board, its sound `<name>.audio`. */
  readonly name: string;
  readonly kind: 'fxs' | 'fxo';
}

/** How long exchanges interrupt the loop when the far end has hung up, in milliseconds. */
const loopBreakMs = 500;
const cadence = [1000, 4000];
const flashMs = 200;

/** A port of the box: its HAT, and the telephone or exchange connected to it. */
export class Port {
  readonly mouthAndEar: MouthAndEar;
  readonly #hat: SimulatedHat;
  #state: PortState;
  #onChange = () => {};
  /** The key under the finger. */
  #key: Key | null = null;
  /** Actions are carried out one after the other. */
  #turn: Promise<void> = Promise.resolve();

  private constructor({ name, kind }: PortOrder, hat: SimulatedHat, mouthAndEar: MouthAndEar) {
    this.#hat = hat;
    this.mouthAndEar = mouthAndEar;
    this.#state = { kind, name, line: { state: 'onHook' } };
    hat.onNotice((notice) => this.#see(notice));
  }

  /** Rejects if there is no socat, or the folder is not writable. */
  static async open(folder: string, order: PortOrder): Promise<Port> {
    const mouthAndEar = new MouthAndEar();
    const hat = await SimulatedHat.start({
      kind: order.kind,
      tty: join(folder, `${order.name}.tty`),
      audio: join(folder, `${order.name}.audio`),
      person: mouthAndEar,
      detectsDigits: true,
    });
    return new Port(order, hat, mouthAndEar);
  }

  get state(): PortState {
    return this.#state;
  }

  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  /** Does what this kind of line allows, and nothing otherwise. */
  act(action: PageAction): void {
    const commands = this.#state.kind === 'fxs' ? this.#withTelephone(action) : withExchange(action);
    if (commands.length === 0) return;
    this.#see(action);
    this.#turn = this.#turn.then(async () => {
      for (const command of commands) await this.#hat.execute(command);
    });
  }

  async close(): Promise<void> {
    await this.#hat.stop();
  }

  #withTelephone(action: PageAction): readonly HatCommand[] {
    switch (action.do) {
      case 'lift':
        return [{ do: 'lift' }];
      case 'hangUp':
        return [...this.#takeFingerOff(), { do: 'hangUp' }];
      case 'flash':
        return this.#isOffHook ? [...this.#takeFingerOff(), { do: 'flash', ms: flashMs }] : [];
      case 'hold': {
        if (!this.#isOffHook) return [];
        const before = this.#takeFingerOff();
        this.#key = action.key;
        return [...before, { do: 'hold', digit: action.key }];
      }
      case 'release':
        return action.key === this.#key ? this.#takeFingerOff() : [];
      default:
        return [];
    }
  }

  get #isOffHook(): boolean {
    return this.#state.line.state === 'offHook';
  }

  /** Typists press the next key before they let go of the last. */
  #takeFingerOff(): readonly HatCommand[] {
    if (this.#key === null) return [];
    this.#key = null;
    return [{ do: 'release' }];
  }

  #see(event: LineEvent): void {
    const before = this.#state;
    this.#state =
      before.kind === 'fxs'
        ? { ...before, line: telephoneAfter(before.line, event) }
        : { ...before, line: exchangeAfter(before.line, event) };
    if (this.#state.line !== before.line) this.#onChange();
  }
}

function withExchange(action: PageAction): readonly HatCommand[] {
  switch (action.do) {
    case 'ring':
      return [{ do: 'ring', cadence, caller: action.caller }];
    case 'stopRinging':
      return [{ do: 'stopRinging' }];
    case 'hangUpFarEnd':
      return [{ do: 'breakLoop', ms: loopBreakMs }, { do: 'playBusy' }];
    default:
      return [];
  }
}
