/** Tells a screen reader what has changed, through the live region of the page. */
export class Announcer {
  readonly #region: HTMLElement;
  readonly #announced = new Map<string, string>();

  constructor(region: HTMLElement) {
    this.#region = region;
  }

  /** Announces `text` of the thing if it has changed; the first text is only remembered. */
  announce(thing: string, text: string): void {
    const before = this.#announced.get(thing);
    this.#announced.set(thing, text);
    if (before !== undefined && before !== text) this.#region.textContent = `${thing}: ${text}`;
  }

  /** In another language everything differs, and nothing has changed. */
  forget(): void {
    this.#announced.clear();
  }
}
