/** How a lamp looks over time. */
export type LampLook = 'dark' | 'lit' | 'slowBlink' | 'fastBlink' | 'doubleBlink';

/** The period of the longest pattern, in milliseconds. */
const patternMs = 1200;

/** The fewest changes within that time, for each pattern that repeats. */
const looks: readonly { readonly switchings: number; readonly look: LampLook }[] = [
  { switchings: 7, look: 'fastBlink' },
  { switchings: 4, look: 'doubleBlink' },
  { switchings: 2, look: 'slowBlink' },
];

/** A lamp of the box: lit or dark at each moment, and what that looks like over time. */
export class Lamp {
  readonly #element: HTMLElement;
  #isLit = false;
  #switchedAt: number[] = [];

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  show(isLit: boolean): void {
    if (isLit === this.#isLit) return;
    this.#isLit = isLit;
    this.#element.classList.toggle('is-lit', isLit);
    this.#switchedAt.push(performance.now());
  }

  /** What it has looked like recently. */
  look(): LampLook {
    const since = performance.now() - patternMs;
    this.#switchedAt = this.#switchedAt.filter((instant) => instant > since);
    const blinking = looks.find(({ switchings }) => this.#switchedAt.length >= switchings);
    return blinking?.look ?? (this.#isLit ? 'lit' : 'dark');
  }

  label(text: string): void {
    this.#element.setAttribute('aria-label', text);
  }
}
