import type { Circuit } from './circuit.js';
import { reportText } from './report-text.js';

/** Ways in which a firmware can be wrong, to see how the host copes. */
export interface FirmwareFaults {
  /** Version of the profile that it claims. */
  profile: string;
  /** It knows nothing of the profile: an ordinary modem. */
  isForeign: boolean;
  /** It sends commands back although it was told not to. */
  alwaysEchoes: boolean;
  /** It does nothing and says nothing. */
  isDeaf: boolean;
  /** How long it takes for every answer, in milliseconds. */
  lateMs: number;
  /** Reports that it drops, reporting an overrun afterwards. */
  overrun: number;
}

export const soundFirmware: Readonly<FirmwareFaults> = {
  profile: '1.0',
  isForeign: false,
  alwaysEchoes: false,
  isDeaf: false,
  lateMs: 0,
  overrun: 0,
};

const longestCommand = 120;
/** A host that is silent for this long is gone (PROTOCOL.md, 6), in milliseconds. */
const hostGoneMs = 20_000;

/** The bit of the mask that suppresses a report (PROTOCOL.md, 4). */
const maskBits: Record<string, number> = {
  I: 0x80000000,
  R: 0x10000000,
  H: 0x00800000,
  h: 0x00800000,
  F: 0x00800000,
  l: 0x00040000,
  b: 0x00001000,
  d: 0x00000800,
};
const dtmfBit = 0x08000000;
const hookBit = 0x00800000;

const countryCodes = ['42', 'B4', 'B5'];

/** What the firmware of a HAT does with commands (PROTOCOL.md, 2 to 6). */
export class Firmware {
  readonly faults: FirmwareFaults = { ...soundFirmware };
  readonly #send: (bytes: Buffer) => void;
  #circuit: Circuit | undefined;
  #input = '';
  #isEchoing = true;
  #serviceClass = 0;
  #mask = 0;
  #serial = 0;
  #hostGone: NodeJS.Timeout | undefined;
  #answers: Promise<void> = Promise.resolve();

  constructor(send: (bytes: Buffer) => void) {
    this.#send = send;
  }

  /** Connects the line and begins to work. */
  powerUp(circuit: Circuit): void {
    this.#circuit = circuit;
    this.restart('power');
  }

  restart(reason: string): void {
    this.#toKnownState();
    this.#input = '';
    this.#serial = 0;
    this.report('Z', reason);
  }

  report(code: string, data = ''): void {
    if (this.#isMasked(code, data) || this.faults.isDeaf) return;
    if (this.faults.overrun > 0) {
      this.#serial = (this.#serial + 1) % 256;
      this.faults.overrun -= 1;
      if (this.faults.overrun === 0) this.report('o');
      return;
    }
    this.#send(reportText(this.#serial, code, data));
    this.#serial = (this.#serial + 1) % 256;
  }

  /** Whether a fed line, or its exchange, came or went. */
  reportState(answers = 0): void {
    const circuit = this.#circuit;
    if (!circuit) return;
    const fields = [
      answers,
      this.#serviceClass,
      circuit.select,
      circuit.kind === 'fxs' && circuit.isOffHook ? 1 : 0,
      circuit.isRinging ? 1 : 0,
      circuit.isFed ? 1 : 0,
    ];
    this.report('S', fields.join(','));
  }

  receive(bytes: Buffer): void {
    for (const character of bytes.toString('latin1')) {
      if (character === '\r') this.#endOfCommand();
      else if (character !== '\n') this.#input = `${this.#input}${character}`.slice(0, longestCommand + 1);
    }
  }

  #isMasked(code: string, data: string): boolean {
    const isDigit = /^[0-9*#A-D]$/.test(code);
    const bit = isDigit ? (data === 'P' ? hookBit : dtmfBit) : maskBits[code];
    return bit !== undefined && (this.#mask & bit) === 0;
  }

  #endOfCommand(): void {
    const command = this.#input;
    this.#input = '';
    if (this.faults.isDeaf || command.length > longestCommand || !/^AT[ -~]*$/.test(command)) return;
    if (this.#isEchoing || this.faults.alwaysEchoes) this.#send(Buffer.from(`${command}\r`, 'latin1'));
    const { lateMs } = this.faults;
    this.#answers = this.#answers.then(async () => {
      if (lateMs > 0) await new Promise((resolve) => setTimeout(resolve, lateMs));
      this.#answer(command.slice(2));
      this.#watchHost();
    });
  }

  #watchHost(): void {
    clearTimeout(this.#hostGone);
    if (this.#serviceClass !== 8) return;
    this.#hostGone = setTimeout(() => this.#toKnownState(), hostGoneMs);
    this.#hostGone.unref();
  }

  #toKnownState(): void {
    clearTimeout(this.#hostGone);
    this.#isEchoing = true;
    this.#serviceClass = 0;
    this.#mask = 0;
    this.#circuit?.rest();
  }

  #answer(command: string): void {
    const lines = this.#carryOut(command);
    for (const line of lines === undefined ? ['ERROR'] : [...lines, 'OK']) {
      this.#send(Buffer.from(`\r\n${line}\r\n`, 'latin1'));
    }
  }

  /** The information lines of the answer; undefined stands for ERROR. */
  #carryOut(command: string): readonly string[] | undefined {
    const circuit = this.#circuit;
    if (!circuit) return undefined;
    if (this.faults.isForeign) return ['', 'Z', 'E0', '+FCLASS=8'].includes(command) ? [] : undefined;
    const plain = this.#plainCommand(command, circuit);
    if (plain) return plain;
    const [, name = '', value = ''] = /^([+#][A-Z]+)=(.+)$/.exec(command) ?? [];
    switch (name) {
      case '+GCI':
        return countryCodes.includes(value) ? [] : undefined;
      case '+VEM':
        return this.#setMask(value);
      case '+VLS':
      case '+VRL':
      case '+VTS':
        return this.#serviceClass === 8 && circuit.perform(name, value) ? [] : undefined;
      case '#ST':
        return this.#reportState(value);
      default:
        return undefined;
    }
  }

  #plainCommand(command: string, circuit: Circuit): readonly string[] | undefined {
    switch (command) {
      case '':
        return [];
      case 'Z':
        this.#toKnownState();
        return [];
      case 'E0':
      case 'E1':
        this.#isEchoing = command === 'E1';
        return [];
      case '#HAT?':
        return [`#HAT: ${this.faults.profile}`];
      case '+GMI':
        return ['Modcall'];
      case '+GMM':
        return [`simulated ${circuit.kind.toUpperCase()} line`];
      case '+GMR':
        return ['1'];
      case '+FCLASS=8':
        this.#serviceClass = 8;
        return [];
      case '+FCLASS?':
        return [String(this.#serviceClass)];
      case '+VLS=?':
        return choices(circuit);
      default:
        return undefined;
    }
  }

  #setMask(value: string): readonly string[] | undefined {
    if (this.#serviceClass !== 8 || !/^[0-9A-F]{8}$/.test(value)) return undefined;
    this.#mask = Number.parseInt(value, 16);
    return [];
  }

  #reportState(value: string): readonly string[] | undefined {
    const question = Number(value);
    if (!/^\d+$/.test(value) || question < 1 || question > 65_535) return undefined;
    this.reportState(question);
    return [];
  }
}

function choices({ kind, events }: Circuit): readonly string[] {
  const mask = events.toString(16).toUpperCase().padStart(8, '0');
  const devices = kind === 'fxs' ? ['2,"L"'] : ['0,""', '1,"T"'];
  return devices.map((device) => `${device},${mask},${mask},${mask}`);
}
