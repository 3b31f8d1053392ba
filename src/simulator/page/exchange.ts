import { Device } from './device.js';
import { copyOf, find } from './dom.js';
import type { Speech } from './language.js';
import type { Caller, ExchangeState } from './messages.js';

/** What can be done at the exchange. */
export interface ExchangeHands {
  ring(caller: Caller): void;
  stopRinging(): void;
  hangUpFarEnd(): void;
  /** Takes the place of the far end, or leaves it. */
  listen(isWanted: boolean): void;
}

/** The provider's exchange, with a caller who can be played. */
export class ExchangeView {
  readonly device: Device;
  readonly #speech: Speech;
  readonly #ring: HTMLButtonElement;
  readonly #farEnd: HTMLButtonElement;
  #line: ExchangeState = { state: 'onHook' };

  constructor(speech: Speech, hands: ExchangeHands) {
    const element = copyOf('exchange');
    this.device = new Device(element, (isWanted) => hands.listen(isWanted));
    this.#speech = speech;
    this.#ring = find(element, '.ring', HTMLButtonElement);
    this.#farEnd = find(element, '.far-end', HTMLButtonElement);
    const form = find(element, '.caller', HTMLFormElement);
    const number = find(form, '[name=number]', HTMLInputElement);
    const name = find(form, '[name=name]', HTMLInputElement);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#line.state === 'ringing') hands.stopRinging();
      else hands.ring({ number: number.value, name: name.value });
    });
    this.#farEnd.addEventListener('click', () => hands.hangUpFarEnd());
  }

  /** Its state in words, for the display and the screen reader. */
  get words(): { readonly state: string; readonly detail: string } {
    const line = this.#line;
    const state = this.#speech.text(`frontPanel.${line.state}`);
    if (line.state === 'onHook') return { state, detail: '' };
    if (line.state === 'seized') return { state, detail: line.dialled };
    return { state, detail: [line.caller.name, line.caller.number].filter(Boolean).join(' · ') };
  }

  show(line: ExchangeState): void {
    this.#line = line;
    this.device.element.classList.toggle('is-off-hook', line.state === 'seized');
    this.device.element.classList.toggle('is-ringing', line.state === 'ringing');
    this.#ring.textContent = this.#speech.text(
      line.state === 'ringing' ? 'frontPanel.stopRinging' : 'frontPanel.letItRing',
    );
    this.#ring.disabled = line.state === 'seized';
    this.#farEnd.disabled = line.state !== 'seized';
    this.device.display(this.words.state, this.words.detail);
  }
}
