/** Tells a screen reader what has changed, by the live region of the page. */
export class Announcer {
  readonly #region: HTMLElement;
  readonly #told = new Map<string, string>();

  constructor(region: HTMLElement) {
    this.#region = region;
  }

  /** Says `text` of the thing if it differs from what was said before; the first text is only taken note of. */
  tell(thing: string, text: string): void {
    const before = this.#told.get(thing);
    this.#told.set(thing, text);
    if (before !== undefined && before !== text) this.#region.textContent = `${thing}: ${text}`;
  }

  /** In another language everything differs, and nothing has changed. */
  forget(): void {
    this.#told.clear();
  }
}
