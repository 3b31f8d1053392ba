import type { TextCode } from '../../locales/codes.js';
import { type TextArguments, text, worded } from '../../locales/text.js';
import type { Language } from '../../primitives/language.js';
import { language } from '../../web/page/texts.js';

/** The texts of the page, in the language that the page of the box would have in this browser, too. */
export class Speech {
  get language(): Language {
    return language.value;
  }

  text<Code extends TextCode>(code: Code, ...params: TextArguments<Code>): string {
    return text(this.language, code, ...params);
  }

  /** Calls it now, and whenever another language is chosen. */
  onChange(listener: () => void): void {
    language.subscribe(listener);
  }

  /** Fills in all elements that ask for a text (`data-text`) a label (`data-label`) or a hint (`data-hint`) by its name among those of the front panel. */
  fillIn(root: ParentNode): void {
    for (const element of root.querySelectorAll<HTMLElement>('[data-text]'))
      element.textContent = this.#named(element.dataset.text);
    for (const element of root.querySelectorAll<HTMLElement>('[data-label]'))
      element.setAttribute('aria-label', this.#named(element.dataset.label));
    for (const element of root.querySelectorAll<HTMLElement>('[data-hint]'))
      element.title = this.#named(element.dataset.hint);
  }

  #named(name: string | undefined): string {
    return worded(this.language, `frontPanel.${name}`, undefined);
  }
}
