import { licenceRows } from '../../src/admin/licence/licence-rows.js';
import type { Sheet } from '../../src/admin/licence/sheet.js';
import type { Licence } from '../../src/licensing/licence.js';
import { keyLines } from '../../src/licensing/licence-file.js';
import { qrCodeSvg } from '../../src/licensing/qr-code.js';
import type { English } from '../../src/locales/codes.js';
import { text } from '../../src/locales/text.js';
import type { Language } from '../../src/primitives/language.js';

export function deliveryNote(licence: Licence, key: string, language: Language): Sheet {
  const say = (name: keyof English['licence']['delivery']) => text(language, `licence.delivery.${name}`);
  return {
    language,
    title: `Modcall – ${say('title')} ${licence.keyNumber}`,
    introduction: say('introduction'),
    rows: licenceRows(licence, language),
    code: keyLines(key),
    picture: { svg: qrCodeSvg(key, 3), caption: say('scan') },
    notes: [say('enter'), say('keep')],
  };
}
