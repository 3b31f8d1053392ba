import type { handling as english } from '../../en/page/handling.js';
import type { Translation } from '../../tree.js';

export const handling: Translation<typeof english> = {
  title: 'Umleitung',
  ownTitle: 'Ihre Anrufe',
  always: 'Alle Anrufe umleiten an',
  alwaysHint:
    'So, wie man es an dieser Nebenstelle wählt. Leer: Anrufe klingeln hier. Am Telefon: *21*Nummer#, und #21# beendet es.',
  busy: 'Wenn besetzt ist, umleiten an',
  busyHint: 'Auch wenn ein Anruf abgelehnt wird oder nicht gestört werden soll. Am Telefon: *67*Nummer#.',
  noAnswer: 'Wenn niemand abnimmt, umleiten an',
  noAnswerHint: 'Nach 20 Sekunden, oder sofort, wo kein Telefon erreichbar ist. Am Telefon: *61*Nummer#.',
  doNotDisturb: 'Bitte nicht stören',
  doNotDisturbHint: 'Wer anruft, hört besetzt. Am Telefon: *26#, und #26# beendet es.',
  saved: 'Gespeichert: Es gilt ab dem nächsten Anruf.',
};
