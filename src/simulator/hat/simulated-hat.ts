import { BadWire } from './bad-wire.js';
import type { Circuit } from './circuit.js';
import type { HatCommand, HatReport } from './control-messages.js';
import { Exchange } from './exchange.js';
import { Firmware } from './firmware.js';
import { FrameSocket } from './frame-socket.js';
import { FxoCircuit } from './fxo-circuit.js';
import { FxsCircuit } from './fxs-circuit.js';
import { PseudoTerminal } from './pseudo-terminal.js';
import { Sound, type SoundEnd } from './sound.js';
import { Telephone } from './telephone.js';

export interface SimulatedHatOptions {
  readonly kind: 'fxs' | 'fxo';
  /** Path of its tty. */
  readonly tty: string;
  /** Path of the unix socket that stands for its sound device. */
  readonly audio: string;
  /** Mouth and ear of the person at the other end of the line. */
  readonly person: SoundEnd;
  /** Whether it detects DTMF; if not, the host has to find it in the audio. */
  readonly detectsDigits: boolean;
}

/** What is connected to the line, and how it is commanded. */
type FarEnd =
  | { readonly kind: 'fxs'; readonly circuit: FxsCircuit; readonly telephone: Telephone }
  | { readonly kind: 'fxo'; readonly circuit: FxoCircuit; readonly exchange: Exchange };

/** A HAT with one line, in software, that follows PROTOCOL.md with real timing. */
export class SimulatedHat {
  readonly #wire: BadWire;
  readonly #firmware: Firmware;
  readonly #sound: Sound;
  readonly #farEnd: FarEnd;
  readonly #parts: readonly { close(): unknown }[];
  #report: (notice: HatReport) => void = () => {};
  #bell: HatReport = { event: 'bell', isOn: false, isRinging: false };

  private constructor(options: SimulatedHatOptions, host: FrameSocket, tty: PseudoTerminal) {
    this.#wire = new BadWire((bytes) => tty.write(bytes));
    this.#firmware = new Firmware((bytes) => this.#wire.send(bytes));
    this.#sound = new Sound(host, options.person, () => this.#circuit.isOffHook);
    this.#farEnd = options.kind === 'fxs' ? this.#withTelephone(options.detectsDigits) : this.#withExchange();
    this.#parts = [this.#wire, host, tty];
  }

  static async start(options: SimulatedHatOptions): Promise<SimulatedHat> {
    const host = await FrameSocket.listen(options.audio);
    const tty = await PseudoTerminal.open(options.tty);
    const hat = new SimulatedHat(options, host, tty);
    tty.onData((bytes) => hat.#firmware.receive(hat.#wire.disturbed(bytes)));
    hat.#sound.start();
    hat.#firmware.powerUp(hat.#circuit);
    return hat;
  }

  async stop(): Promise<void> {
    this.#sound.stop();
    for (const part of this.#parts) await part.close();
  }

  onNotice(listener: (notice: HatReport) => void): void {
    this.#report = listener;
  }

  get #circuit(): Circuit {
    return this.#farEnd.circuit;
  }

  #withTelephone(detectsDigits: boolean): FarEnd {
    const circuit = new FxsCircuit(detectsDigits, (code, data) => this.#firmware.report(code, data), {
      onBell: (isOn) => {
        this.#bell = { event: 'bell', isOn, isRinging: circuit.isRinging };
        this.#report(this.#bell);
      },
      onCaller: (number, name) => this.#report({ event: 'caller', number, name }),
    });
    return { kind: 'fxs', circuit, telephone: new Telephone(circuit, this.#sound.line) };
  }

  #withExchange(): FarEnd {
    const exchange = new Exchange(this.#sound.line, this.#sound.ear, {
      onHook: (isSeized) => this.#report({ event: 'line', isSeized }),
      onDialled: (digits) => this.#report({ event: 'dialled', digits }),
    });
    const circuit = new FxoCircuit((code, data) => this.#firmware.report(code, data), exchange);
    exchange.connect(circuit);
    return { kind: 'fxo', circuit, exchange };
  }

  /** How things stand, as notices. */
  condition(): readonly HatReport[] {
    return this.#farEnd.kind === 'fxs' ? [this.#bell] : [{ event: 'line', isSeized: this.#circuit.isOffHook }];
  }

  /** Does something on the line or to the HAT; resolves when it is done. Rejects when this kind of line cannot. */
  async execute(command: HatCommand): Promise<void> {
    switch (command.do) {
      case 'speak':
        this.#sound.voice.set(command.frequencies, command.dbfs);
        break;
      case 'feed':
        this.#farEnd.circuit.isFed = command.isFed;
        this.#firmware.reportState();
        break;
      case 'glitch':
        this.#circuit.rest();
        break;
      case 'restart':
        this.#firmware.restart(command.reason);
        break;
      case 'die':
        // As abruptly as a power cut.
        process.kill(process.pid, 'SIGKILL');
        break;
      case 'faults':
        Object.assign(this.#firmware.faults, command.firmware);
        Object.assign(this.#wire.faults, command.wire);
        break;
      default:
        await (this.#farEnd.kind === 'fxs'
          ? useTelephone(this.#farEnd.telephone, command)
          : useExchange(this.#farEnd.exchange, command));
    }
  }
}

async function useTelephone(telephone: Telephone, command: HatCommand): Promise<void> {
  switch (command.do) {
    case 'lift':
      return telephone.lift();
    case 'hangUp':
      return telephone.hangUp();
    case 'press':
      return telephone.press(command.digit, command.ms);
    case 'hold':
      return telephone.hold(command.digit);
    case 'release':
      return telephone.release();
    case 'pulse':
      return telephone.pulse(command.digit);
    case 'flash':
      return telephone.flash(command.ms);
    default:
      throw new Error(`"${command.do}" is for an exchange; this is an FXS line with a telephone`);
  }
}

async function useExchange(exchange: Exchange, command: HatCommand): Promise<void> {
  switch (command.do) {
    case 'ring':
      return exchange.ring(command.cadence, command.caller);
    case 'stopRinging':
      return exchange.stopRinging();
    case 'breakLoop':
      return exchange.breakLoop(command.ms);
    case 'playBusy':
      return exchange.playBusy();
    default:
      throw new Error(`"${command.do}" is for a telephone; this is an FXO line with an exchange`);
  }
}
