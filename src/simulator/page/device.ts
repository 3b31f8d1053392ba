import { find } from './dom.js';
import { LevelMeter } from './level.js';

/** What every device at a port has: a name, a display, a place for the person's ear, and levels. */
export class Device {
  readonly element: HTMLElement;
  readonly heard: LevelMeter;
  readonly spoken: LevelMeter;
  readonly #title: HTMLElement;
  readonly #state: HTMLElement;
  readonly #detail: HTMLElement;
  readonly #ear: HTMLButtonElement;

  constructor(element: HTMLElement, onEar: (isWanted: boolean) => void) {
    this.element = element;
    this.heard = new LevelMeter(find(element, '.level-heard', HTMLElement));
    this.spoken = new LevelMeter(find(element, '.level-spoken', HTMLElement));
    this.#title = find(element, '.title', HTMLElement);
    this.#state = find(element, '.display-state', HTMLElement);
    this.#detail = find(element, '.display-detail', HTMLElement);
    this.#ear = find(element, '.ear', HTMLButtonElement);
    this.#ear.addEventListener('click', () => onEar(this.#ear.getAttribute('aria-pressed') !== 'true'));
  }

  name(title: string): void {
    this.#title.textContent = title;
    // A long one does not fit beside the cable.
    this.#title.title = title;
    this.element.setAttribute('aria-label', title);
  }

  /** Two lines on the display. */
  display(state: string, detail: string): void {
    this.#state.textContent = state;
    this.#detail.textContent = detail;
  }

  hasEar(isHere: boolean): void {
    this.#ear.setAttribute('aria-pressed', String(isHere));
    this.element.classList.toggle('has-ear', isHere);
    if (isHere) return;
    this.heard.rest();
    this.spoken.rest();
  }
}
