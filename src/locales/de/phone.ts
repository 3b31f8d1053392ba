import type { phone as english } from '../en/phone.js';
import type { Translation } from '../tree.js';

export const phone: Translation<typeof english> = {
  listening: 'Mithören',
  cannotBeTold:
    'Einer App kann nicht gesagt werden, dass sie ihre Einrichtung holen soll: Holen Sie sie dort von Hand, oder starten Sie die App neu.',
  notRegistered:
    'Das Telefon ist nicht angemeldet, deshalb kann ihm nichts gesagt werden. Schalten Sie es ein: Dann holt es seine Einrichtung.',
  didNotAgree:
    'Das Telefon hat nicht geantwortet oder nicht zugestimmt. Starten Sie es neu: Dann holt es seine Einrichtung.',
};
