import type { TextCode } from '../../locales/codes.js';
import { type TextArguments, text, worded } from '../../locales/text.js';
import type { Language } from '../../primitives/language.js';

const storageKey = 'modcall.language';

/** The language of the page: what was chosen here before, else the first one of the browser that the page speaks. */
export class Speech {
  #language: Language = chosenBefore() ?? preferred();
  #onChange = () => {};

  get language(): Language {
    return this.#language;
  }

  text<Code extends TextCode>(code: Code, ...params: TextArguments<Code>): string {
    return text(this.#language, code, ...params);
  }

  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  choose(language: Language): void {
    this.#language = language;
    localStorage.setItem(storageKey, language);
    this.#onChange();
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
    return worded(this.#language, `frontPanel.${name}`, undefined);
  }
}

function chosenBefore(): Language | undefined {
  const stored = localStorage.getItem(storageKey);
  return stored === 'de' || stored === 'en' ? stored : undefined;
}

function preferred(): Language {
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'de' || tag === 'en');
  return known === 'de' ? 'de' : 'en';
}
