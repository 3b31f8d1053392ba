import { type Language, type Texts, texts } from './texts.js';

const storageKey = 'modcall.language';

/** Texts that stand in the page as they are. */
type PlainText = { [Name in keyof Texts]: Texts[Name] extends string ? Name : never }[keyof Texts];

/** The language of the page: what was chosen here before, else the first one of the browser that the page speaks. */
export class Speech {
  #language: Language = chosenBefore() ?? preferred();
  #onChange = () => {};

  get texts(): Texts {
    return texts[this.#language];
  }

  get language(): Language {
    return this.#language;
  }

  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  choose(language: Language): void {
    this.#language = language;
    localStorage.setItem(storageKey, language);
    this.#onChange();
  }

  /** Fills in all elements that ask for a text (`data-text`) or a label (`data-label`). */
  fillIn(root: ParentNode): void {
    for (const element of root.querySelectorAll<HTMLElement>('[data-text]'))
      element.textContent = this.texts[element.dataset.text as PlainText];
    for (const element of root.querySelectorAll<HTMLElement>('[data-label]'))
      element.setAttribute('aria-label', this.texts[element.dataset.label as PlainText]);
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
