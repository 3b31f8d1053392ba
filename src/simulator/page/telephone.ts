import { Device } from './device.js';
import { copyOf, find } from './dom.js';
import { holdable } from './holdable.js';
import type { Speech } from './language.js';
import type { Key, TelephoneState } from './messages.js';

export const keys: readonly Key[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** ITU-T E.161. */
const letters: Partial<Record<Key, string>> = {
  2: 'ABC',
  3: 'DEF',
  4: 'GHI',
  5: 'JKL',
  6: 'MNO',
  7: 'PQRS',
  8: 'TUV',
  9: 'WXYZ',
};

/** What hands do with a telephone. */
export interface TelephoneHands {
  lift(): void;
  hangUp(): void;
  flash(): void;
  hold(key: Key): void;
  release(key: Key): void;
  /** Takes it to the ear, or away from there. */
  listen(isWanted: boolean): void;
}

/** An analog telephone on the desk. */
export class Telephone {
  readonly device: Device;
  readonly #speech: Speech;
  readonly #hands: TelephoneHands;
  readonly #hook: HTMLButtonElement;
  readonly #hookText: HTMLElement;
  readonly #flash: HTMLButtonElement;
  readonly #keys: ReadonlyMap<Key, HTMLButtonElement>;
  #line: TelephoneState = { state: 'onHook' };

  constructor(speech: Speech, hands: TelephoneHands) {
    const element = copyOf('telephone');
    this.device = new Device(element, (isWanted) => hands.listen(isWanted));
    this.#speech = speech;
    this.#hands = hands;
    this.#hook = find(element, '.hook', HTMLButtonElement);
    this.#hookText = find(element, '.hook-text', HTMLElement);
    this.#flash = find(element, '.flash', HTMLButtonElement);
    this.#hook.addEventListener('click', () => this.moveHandset());
    this.#flash.addEventListener('click', () => hands.flash());
    const keypad = find(element, '.keypad', HTMLElement);
    this.#keys = new Map(keys.map((key) => [key, this.#keyOf(key)]));
    keypad.append(...this.#keys.values());
  }

  /** Lifts the handset, or puts it back. */
  moveHandset(): void {
    if (this.#line.state === 'offHook') this.#hands.hangUp();
    else this.#hands.lift();
  }

  /** Its state in words, for the display and the screen reader. */
  get words(): { readonly state: string; readonly detail: string } {
    const line = this.#line;
    const state = this.#speech.text(`frontPanel.${line.state}`);
    if (line.state !== 'ringing' || line.caller === null) return { state, detail: '' };
    const caller = [line.caller.name, line.caller.number].filter(Boolean).join(' · ');
    return { state, detail: caller || this.#speech.text('frontPanel.unknownCaller') };
  }

  show(line: TelephoneState): void {
    this.#line = line;
    const { classList } = this.device.element;
    classList.toggle('is-off-hook', line.state === 'offHook');
    classList.toggle('is-ringing', line.state === 'ringing' && line.isBellOn);
    this.#hook.setAttribute('aria-pressed', String(line.state === 'offHook'));
    this.#hookText.textContent = this.#speech.text(line.state === 'offHook' ? 'frontPanel.hangUp' : 'frontPanel.lift');
    this.#flash.disabled = line.state !== 'offHook';
    const held = line.state === 'offHook' ? line.key : null;
    for (const [key, button] of this.#keys) button.classList.toggle('is-held', key === held);
    this.device.display(this.words.state, this.words.detail);
  }

  #keyOf(key: Key): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'key';
    button.dataset.key = key;
    button.setAttribute('aria-label', key);
    const digit = document.createElement('span');
    digit.textContent = key;
    const small = document.createElement('small');
    small.textContent = letters[key] ?? '';
    button.append(digit, small);
    holdable(
      button,
      () => this.#hands.hold(key),
      () => this.#hands.release(key),
    );
    return button;
  }
}
