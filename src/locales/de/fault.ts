import type { fault as english } from '../en/fault.js';
import type { Translation } from '../tree.js';

export const fault: Translation<typeof english> = {
  missing: 'fehlt',
  hidden: '(verborgen)',
  wholeFile: 'Datei',
  remedy: 'Abhilfe',
  json: {
    object: {
      reason: 'ist keine Gruppe von Schlüsseln in geschweiften Klammern',
      remedy: 'Schreiben Sie { … } mit den Schlüsseln, die hierher gehören.',
    },
    group: {
      reason: 'ist keine Gruppe von Schlüsseln in geschweiften Klammern',
      remedy: ({ keys }) =>
        `Schreiben Sie { … } mit dem, was hierher gehört: ${new Intl.ListFormat('de').format(keys.map((key) => `"${key}"`))}.`,
    },
    list: {
      reason: 'ist keine Liste',
      remedy: 'Schreiben Sie eine Liste in eckigen Klammern: [ … ], auch bei nur einem oder keinem Eintrag.',
    },
    flag: { reason: 'ist weder true noch false', remedy: 'Schreiben Sie true oder false, ohne Anführungszeichen.' },
    syntax: {
      reason: ({ line, column }) => `ist kein gültiges JSON: Zeile ${line}, Spalte ${column}`,
      remedy:
        'Suchen Sie dort ein fehlendes oder überzähliges Komma, Anführungszeichen oder eine Klammer; Kommentare sind nicht erlaubt.',
    },
    empty: {
      reason: 'ist leer',
      remedy: 'Setzen Sie eine frühere Fassung an ihre Stelle, aus dem Verlauf oder einer Sicherung.',
    },
    duplicateKey: {
      reason: ({ line, key }) => `enthält den Schlüssel "${key}" zweimal in einer Gruppe: Zeile ${line}`,
      remedy: 'Entfernen Sie einen von beiden.',
    },
  },
};
