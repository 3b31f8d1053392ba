import type { handling as english } from '../en/handling.js';
import type { Translation } from '../tree.js';

export const handling: Translation<typeof english> = {
  refused: 'So können Anrufe nicht umgeleitet werden. Es hat sich nichts geändert.',
  noExtension:
    'Sie haben hier keine Nebenstelle, also auch keine eigenen Anrufe. Ein Admin kann sie bei Ihrem Benutzer eintragen.',
  noSuchExtension: ({ extension }) => `Eine Nebenstelle ${extension} gibt es nicht.`,
  notKept:
    'Das gilt, ließ sich aber nicht speichern: Nach einem Neustart ist es wieder wie vorher. Schaffen Sie Platz auf dem Datenträger, und ändern Sie es noch einmal.',
  fault: {
    noSuchNumber: {
      reason: 'führt nirgendwohin',
      remedy:
        'Geben Sie die Nummer so ein, wie Sie sie an dieser Nebenstelle wählen, mit der Ziffer für die Amtsleitung.',
    },
    incomplete: {
      reason: 'ist nicht vollständig',
      remedy: 'Geben Sie die Nummer so ein, wie Sie sie an dieser Nebenstelle wählen.',
    },
    forbidden: {
      reason: 'ist keine Nummer, an die Anrufe umgeleitet werden können',
      remedy:
        'Geben Sie eine Nebenstelle, eine Gruppe oder eine Nummer außerhalb an: keine Notrufnummer, keine Servicenummer und keinen Code.',
    },
    circle: {
      reason: 'bringt die Anrufe zu dieser Nebenstelle zurück',
      remedy: 'Geben Sie eine andere Nummer an, oder beenden Sie zuerst dort die Umleitung.',
    },
  },
};
