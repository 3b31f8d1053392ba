import type { Language } from '../../primitives/language.js';
import { type FileFault, says, type Wording } from './file-faults.js';
import type { JsonFault } from './json-text.js';

/** What is wrong in every kind of JSON file in the same way. */
export const jsonWordings = {
  de: {
    object: says('ist keine Gruppe von Schlüsseln in geschweiften Klammern', 'Schreiben Sie { … } mit den Schlüsseln.'),
    list: says(
      'ist keine Liste',
      'Schreiben Sie eine Liste in eckigen Klammern: [ … ], auch bei nur einem oder keinem Eintrag.',
    ),
    flag: says('ist weder true noch false', 'Schreiben Sie true oder false, ohne Anführungszeichen.'),
    syntax: (place) => ({
      reason: `ist kein gültiges JSON: Zeile ${place.split(' ')[0]}, Spalte ${place.split(' ')[1]}`,
      remedy:
        'Suchen Sie dort ein fehlendes oder überzähliges Komma, Anführungszeichen oder eine Klammer; Kommentare sind nicht erlaubt.',
    }),
    duplicateKey: (place) => ({
      reason: `enthält den Schlüssel "${place.split(' ')[2]}" zweimal in einer Gruppe: Zeile ${place.split(' ')[0]}`,
      remedy: 'Entfernen Sie einen von beiden.',
    }),
  },
  en: {
    object: says('is no group of keys in braces', 'Write { … } with the keys that belong here.'),
    list: says('is no list', 'Write a list in brackets: [ … ], also for one entry or none.'),
    flag: says('is neither true nor false', 'Write true or false, without quotes.'),
    syntax: (place) => ({
      reason: `is no valid JSON: line ${place.split(' ')[0]}, column ${place.split(' ')[1]}`,
      remedy: 'Look there for a missing or surplus comma, quote or bracket; comments are not allowed.',
    }),
    duplicateKey: (place) => ({
      reason: `has the key "${place.split(' ')[2]}" twice in one group: line ${place.split(' ')[0]}`,
      remedy: 'Remove one of the two.',
    }),
  },
} satisfies Record<Language, Record<string, Wording>>;

/** What is wrong with a text that is no JSON. */
export function syntaxFault({ line, column, duplicateKey }: JsonFault): FileFault<'syntax' | 'duplicateKey'> {
  const name = duplicateKey === undefined ? 'syntax' : 'duplicateKey';
  return { path: [], name, detail: [line, column, duplicateKey ?? ''].join(' ') };
}
