import type { licence as english } from '../../en/page/licence.js';
import type { Translation } from '../../tree.js';

/** The place Licence of the page. */
export const licence: Translation<typeof english> = {
  listening: 'Mithören',
  allowed: 'erlaubt',
  notAllowed: 'nicht erlaubt',
  kind: 'Art',
  kindIs: { bought: 'gekauft', rented: 'gemietet', demo: 'zur Vorführung', nfr: 'nicht zum Weiterverkauf' },
  board: 'Platine',
  simulatedBoard: 'simuliert, braucht keine Lizenz',
  members: 'Nebenstellen, bei denen mitgehört werden darf',
  unlimited: 'beliebig viele',
  setUp: 'Eingerichtete Nebenstellen',
  expires: 'Läuft ab',
  ends: 'Endet nach der Nachfrist',
  hardwareId: 'Hardware-ID',
  holder: 'Kunde',
  keyNumber: 'Nummer des Schlüssels',
  enter: 'Schlüssel eingeben',
  key: 'Lizenzschlüssel',
  file: 'Lizenzdatei, oder ein Foto ihres QR-Codes',
  fileHint:
    'Der QR-Code steht auf dem Lieferschein. Was in der Datei steht, wird erst angesehen; eingesetzt wird es nur von Ihnen.',
  noQrCode:
    'In diesem Bild ist kein QR-Code zu lesen. Nehmen Sie ihn näher, gerade und ohne Schatten auf, oder tippen Sie den Schlüssel.',
  noFile: 'Das ist zu groß für eine Lizenzdatei. Wählen Sie die, die Ihnen der Hersteller geschickt hat.',
  explain: 'Was erlaubt er?',
  take: 'In Gebrauch nehmen',
  entered: 'Der Schlüssel ist in Gebrauch.',
  order: 'Lizenz bestellen',
  orderAbout: 'Auf dem Bestellblatt steht alles, was der Hersteller braucht, mit der Hardware-ID als QR-Code.',
  orderSheet: 'Bestellblatt öffnen',
  remove: 'Schlüssel außer Gebrauch nehmen',
  removeAbout: 'Ohne Lizenz kann niemand mithören. Gespräche gehen weiter wie immer.',
  removed: 'Der Schlüssel ist außer Gebrauch.',
};
