import type { Language } from '../../admin/speaking.js';
import { hasText, worded } from '../../locales/text.js';

/** What a field is called by people; one that has no words yet, as the API calls it. */
export function fieldText(name: string, language: Language): string {
  const code = `field.${name}`;
  if (hasText(code)) return worded(language, code, undefined);
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
