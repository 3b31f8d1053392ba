import type { Lamps } from '../indication/lamps.js';
import { GpioInput } from '../parts/gpio-input.js';
import { GpioOutput } from '../parts/gpio-output.js';
import { HeldPart } from '../parts/held-part.js';
import type { Part, PartTrouble } from '../parts/part.js';
import { InputButton } from './input-button.js';
import { KernelLed } from './kernel-led.js';
import { Lamp, type LampOutput } from './lamp.js';
import type { ButtonPart, LampPart, Panel, PanelEvent, PanelParts } from './panel.js';

/** How often missing parts are looked for, and present ones checked. */
const keepUpMs = 1000;

/** The front panel of a board, with the parts that its board file names. */
export class BoardPanel implements Panel {
  readonly #monitor: Lamp;
  readonly #status: Lamp;
  readonly #button: HeldPart<Part>;
  #listener: (event: PanelEvent) => void = () => {};
  #timer: NodeJS.Timeout | undefined;

  constructor({ monitorLamp, statusLamp, button }: PanelParts) {
    this.#monitor = new Lamp(() => openLamp(monitorLamp), this.#changeOf('monitorLamp'));
    this.#status = new Lamp(() => openLamp(statusLamp), this.#changeOf('statusLamp'));
    this.#button = new HeldPart(() => this.#openButton(button), this.#changeOf('button'));
  }

  async start(): Promise<void> {
    this.#keepUp();
    this.#timer = setInterval(() => this.#keepUp(), keepUpMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const part of [this.#monitor, this.#status, this.#button]) part.close();
  }

  show({ monitor, status }: Lamps): void {
    this.#monitor.show(monitor);
    this.#status.show(status);
  }

  onEvent(listener: (event: PanelEvent) => void): void {
    this.#listener = listener;
  }

  #keepUp(): void {
    for (const part of [this.#monitor, this.#status, this.#button]) part.keepUp();
  }

  #changeOf(part: keyof PanelParts): (trouble: PartTrouble | null) => void {
    return (trouble) => this.#listener(trouble ? { type: 'fault', part, ...trouble } : { type: 'recovered', part });
  }

  #openButton(part: ButtonPart): Part {
    const onContact = (isClosed: boolean) => this.#listener({ type: 'button', isClosed });
    const onLost = (error: unknown) => this.#button.fail(error);
    return part.driver === 'gpio' ? new GpioInput(part, onContact, onLost) : new InputButton(part, onContact, onLost);
  }
}

function openLamp(part: LampPart): LampOutput {
  return part.driver === 'gpio' ? new GpioOutput(part) : new KernelLed(part.path);
}
