import { type LampLook, Strokes } from './lamp-look.js';

/** A lamp of the box: lit or dark at each moment, and what that looks like over time. */
export class Lamp {
  readonly #element: HTMLElement;
  readonly #strokes = new Strokes();
  #isLit: boolean | undefined;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  show(isLit: boolean): void {
    if (isLit === this.#isLit) return;
    this.#isLit = isLit;
    this.#element.classList.toggle('is-lit', isLit);
    this.#strokes.begin(isLit, performance.now());
  }

  look(): LampLook {
    return this.#strokes.look(performance.now());
  }

  label(text: string): void {
    if (this.#element.getAttribute('aria-label') !== text) this.#element.setAttribute('aria-label', text);
  }
}
