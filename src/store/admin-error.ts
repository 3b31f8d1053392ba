import type { Language } from '../primitives/language.js';

/** An error that the admin can do something about; its texts say what is wrong and what to do. */
export class AdminError extends Error {
  constructor(
    readonly texts: Readonly<Record<Language, string>>,
    options?: ErrorOptions,
  ) {
    super(texts.en, options);
    this.name = new.target.name;
  }
}
