import type { Announcer } from './announcer.js';
import { find } from './dom.js';
import { holdable } from './holdable.js';
import { Lamp } from './lamp.js';
import type { Speech } from './language.js';
import type { BoardState } from './messages.js';

/** How often the lamps' looks are put into words, and the button's time is updated, in milliseconds. */
const lookingMs = 100;
const heldMs = 100;

/** The box itself: its lamps, and its button. */
export class Box {
  readonly #speech: Speech;
  readonly #announcer: Announcer;
  readonly #lamps: readonly { readonly text: 'monitorLamp' | 'statusLamp'; readonly lamp: Lamp }[];
  readonly #button: HTMLButtonElement;
  readonly #caption: HTMLElement;
  #pressedAt: number | undefined;
  #privateUntil: number | undefined;

  constructor(root: ParentNode, speech: Speech, announcer: Announcer, onButton: (isPressed: boolean) => void) {
    this.#speech = speech;
    this.#announcer = announcer;
    this.#lamps = [
      { text: 'monitorLamp', lamp: new Lamp(find(root, '#lamp-monitor', HTMLElement)) },
      { text: 'statusLamp', lamp: new Lamp(find(root, '#lamp-status', HTMLElement)) },
    ];
    this.#button = find(root, '#button', HTMLButtonElement);
    this.#caption = find(root, '#button-caption', HTMLElement);
    holdable(
      this.#button,
      () => onButton(true),
      () => onButton(false),
    );
    setInterval(() => this.#putIntoWords(), lookingMs);
    setInterval(() => this.showCaption(), heldMs);
  }

  show({ lamps, isButtonPressed, privateForMs }: BoardState): void {
    for (const { text, lamp } of this.#lamps) lamp.show(text === 'monitorLamp' ? lamps.monitor : lamps.status);
    this.#putIntoWords();
    this.#button.classList.toggle('is-pressed', isButtonPressed);
    if (!isButtonPressed) this.#pressedAt = undefined;
    else this.#pressedAt ??= performance.now();
    this.#privateUntil = privateForMs === null ? undefined : performance.now() + privateForMs;
    this.#announcer.announce(
      this.#speech.text('frontPanel.button'),
      this.#speech.text(privateForMs === null ? 'frontPanel.monitoringOpen' : 'frontPanel.monitoringClosed'),
    );
    this.showCaption();
  }

  showCaption(): void {
    const text = this.#captionText();
    if (this.#caption.textContent !== text) this.#caption.textContent = text;
  }

  /** Under the button: for how long it has been held, or how long it still keeps monitoring closed, or its name. */
  #captionText(): string {
    if (this.#pressedAt !== undefined)
      return this.#speech.text('frontPanel.heldFor', { seconds: secondsSince(this.#pressedAt) });
    if (this.#privateUntil === undefined) return this.#speech.text('frontPanel.button');
    return this.#speech.text('frontPanel.privateFor', { time: clockText(this.#privateUntil - performance.now()) });
  }

  /** A screen reader is told what a lamp shows, not that it is about to show something else. */
  #putIntoWords(): void {
    for (const { text, lamp } of this.#lamps) {
      const look = lamp.look();
      const name = this.#speech.text(`frontPanel.${text}`);
      const words = this.#speech.text(`frontPanel.lampIs.${look}`);
      lamp.label(`${name}: ${words}`);
      if (look !== 'changing') this.#announcer.announce(name, words);
    }
  }
}

function secondsSince(instant: number): string {
  return ((performance.now() - instant) / 1000).toFixed(1);
}

/** Minutes and seconds: `14:59`. */
function clockText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
