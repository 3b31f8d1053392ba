import type { Pattern } from '../indication/lamps.js';
import { HeldPart } from '../parts/held-part.js';
import type { Part, PartTrouble } from '../parts/part.js';
import { Blinker } from './blinker.js';

/** A lamp as its hardware offers it: on or off. Dark when it is opened. */
export interface LampOutput extends Part {
  /** @throws an error that says what to do. */
  set(isOn: boolean): void;
}

/** A lamp that shows patterns, whether or not its hardware is present. */
export class Lamp {
  readonly #output: HeldPart<LampOutput>;
  readonly #blinker: Blinker;

  constructor(open: () => LampOutput, onChange: (trouble: PartTrouble | null) => void) {
    this.#blinker = new Blinker((isOn) => this.#output.use((output) => output.set(isOn)));
    const openLit = () => {
      const output = open();
      output.set(this.#blinker.isOn);
      return output;
    };
    this.#output = new HeldPart(openLit, onChange);
  }

  show(pattern: Pattern): void {
    this.#blinker.show(pattern);
  }

  keepUp(): void {
    this.#output.keepUp();
  }

  /** Switches it off. */
  close(): void {
    this.#blinker.stop();
    this.#output.use((output) => output.set(false));
    this.#output.close();
  }
}
