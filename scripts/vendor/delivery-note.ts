import type { Licence } from '../../src/licensing/licence.js';
import { keyLines } from '../../src/licensing/licence-file.js';
import { licenceRows } from '../../src/licensing/licence-rows.js';
import { qrCodeSvg } from '../../src/licensing/qr-code.js';
import type { Sheet } from '../../src/licensing/sheet.js';
import type { Language } from '../../src/primitives/language.js';

const texts: Readonly<
  Record<Language, Readonly<Record<'title' | 'introduction' | 'scan' | 'enter' | 'keep', string>>>
> = {
  en: {
    title: 'Delivery note',
    introduction: 'Thank you for your order. This licence key unlocks monitoring on the boxes named here.',
    scan: 'Licence key as QR code',
    enter:
      'Give the licence file to the box: modcall licence enter --file FILE. Or paste the text of the key, or scan the QR code and paste what it says: modcall licence enter - takes it. It counts at once; running calls are not touched.',
    keep: 'Keep this note: after a new installation you need the key again. It is checked on the box alone and never needs the internet.',
  },
  de: {
    title: 'Lieferschein',
    introduction:
      'Vielen Dank für Ihre Bestellung. Dieser Lizenzschlüssel schaltet das Mithören auf den hier genannten Geräten frei.',
    scan: 'Lizenzschlüssel als QR-Code',
    enter:
      'Geben Sie dem Gerät die Lizenzdatei: modcall licence enter --file DATEI. Oder fügen Sie den Text des Schlüssels ein, auch den aus dem QR-Code: modcall licence enter - nimmt ihn. Er gilt sofort; laufende Gespräche bleiben unberührt.',
    keep: 'Bewahren Sie diesen Lieferschein auf: Nach einer Neuinstallation brauchen Sie den Schlüssel wieder. Er wird allein auf dem Gerät geprüft und braucht nie das Internet.',
  },
};

export function deliveryNote(licence: Licence, key: string, language: Language): Sheet {
  const { title, introduction, scan, enter, keep } = texts[language];
  return {
    language,
    title: `Modcall – ${title} ${licence.keyNumber}`,
    introduction,
    rows: licenceRows(licence, language),
    code: keyLines(key),
    picture: { svg: qrCodeSvg(key, 3), caption: scan },
    notes: [enter, keep],
  };
}
