import { type ChangeInWords, type ChangeWords, changeInWords, changeLine } from '../../../locales/settings-change.js';
import type { SettingsChange } from '../api/settings-change.js';
import { wordOrNone } from '../texts.js';

export { namesIn } from '../../../locales/settings-change.js';

/** What the entries of the lists in the settings are called. */
export type NameOf = ChangeWords['nameOf'];

const nobodyIsNamed: NameOf = () => null;

const wordsWith = (nameOf: NameOf): ChangeWords => ({
  word: (code, params) => wordOrNone(`setting.${code}`, params),
  nameOf,
});

/** What was changed in the settings, on one line. */
export const changeText = (change: SettingsChange, nameOf = nobodyIsNamed): string =>
  changeLine(change, wordsWith(nameOf));

/** What was changed, what was there, and what is there now. */
export const changeParts = (change: SettingsChange, nameOf = nobodyIsNamed): ChangeInWords =>
  changeInWords(change, wordsWith(nameOf));
