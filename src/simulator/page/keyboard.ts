import type { Desk } from './desk.js';
import type { Key, PageAction } from './messages.js';
import { keys } from './telephone.js';

/** Lets the keys of the computer be the keys of the telephone at hand. */
export class Keyboard {
  readonly #desk: Desk;
  readonly #act: (action: PageAction) => void;
  /** The telephone on which each key is held, to be released there. */
  readonly #held = new Map<Key, string>();

  constructor(desk: Desk, act: (action: PageAction) => void) {
    this.#desk = desk;
    this.#act = act;
    document.addEventListener('keydown', (event) => this.#press(event));
    // Shift may have changed a key's character meanwhile, so any key that comes up releases all.
    document.addEventListener('keyup', () => this.#releaseAll());
    window.addEventListener('blur', () => this.#releaseAll());
  }

  #press(event: KeyboardEvent): void {
    if (event.repeat || isMeantElsewhere(event)) return;
    const atHand = this.#desk.telephoneAtHand;
    if (!atHand) return;
    const key = keys.find((each) => each === event.key);
    if (key !== undefined) this.#hold(key, atHand.port);
    else if (event.key === ' ') atHand.telephone.moveHandset();
    else if (event.key.toLowerCase() === 'f') this.#act({ do: 'flash', port: atHand.port });
    else return;
    event.preventDefault();
  }

  #hold(key: Key, port: string): void {
    this.#releaseAll();
    this.#held.set(key, port);
    this.#act({ do: 'hold', port, key });
  }

  #releaseAll(): void {
    for (const [key, port] of this.#held) this.#act({ do: 'release', port, key });
    this.#held.clear();
  }
}

/** Shortcuts of the browser, text, and the space bar on whatever has the focus. */
function isMeantElsewhere({ ctrlKey, altKey, metaKey, key, target }: KeyboardEvent): boolean {
  const isOnButton = key === ' ' && target instanceof HTMLButtonElement;
  return ctrlKey || altKey || metaKey || isOnButton || target instanceof HTMLInputElement;
}
