import type { record as english } from '../../en/page/record.js';
import type { Translation } from '../../tree.js';

/** The place Record of the page. */
export const record: Translation<typeof english> = {
  about: 'Wer bei wem mitgehört hat, und wer was geändert hat: signiert, und nachträglich nie geändert.',
  aboutOwn: 'Was Sie selbst betraf, sobald es vorbei ist.',
  moderator: 'Moderator',
  member: 'Mitglied',
  search: 'Suchen',
  searching: 'Sucht …',
  none: 'Solche Einträge gibt es nicht.',
  number: 'Nr.',
  time: 'Zeit',
  what: 'Was geschah',
  older: 'Ältere Einträge',
  verify: 'Prüfprotokoll prüfen',
  verifying: 'Das ganze Prüfprotokoll wird gelesen. Gespräche warten nicht darauf …',
  sound: ({ entries, moment }) =>
    `Das Prüfprotokoll ist in Ordnung: ${entries} Einträge ohne Lücke, der letzte von ${moment}.`,
  broken: 'Das Prüfprotokoll ist nicht in Ordnung.',
  export: 'Signiert herausgeben',
};
