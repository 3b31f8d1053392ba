import type { Language } from '../primitives/language.js';
import type { UnixTime } from '../primitives/time.js';
import { type HardwareId, hardwareIdText } from './hardware-id.js';
import { type Licence, tiers } from './licence.js';
import { licensingTexts } from './messages.js';
import { qrCodeSvg } from './qr-code.js';
import type { Sheet } from './sheet.js';

/** What the vendor needs to know to issue a licence key. */
export interface Order {
  readonly hardwareId: HardwareId;
  readonly productVersion: string;
  readonly extensionsSetUp: number;
  readonly presentLicence: Licence | undefined;
  readonly now: UnixTime;
}

export function orderSheet(order: Order, language: Language): Sheet {
  const { labels, order: texts, wishes, kinds, moment } = licensingTexts[language];
  const idText = hardwareIdText(order.hardwareId);
  const present = order.presentLicence;
  return {
    language,
    title: `Modcall – ${texts.title}`,
    introduction: texts.introduction,
    rows: [
      [labels.hardwareId, idText],
      [labels.product, 'Modcall'],
      [labels.version, order.productVersion],
      [labels.extensionsSetUp, String(order.extensionsSetUp)],
      [texts.currentLicence, present ? `${present.keyNumber} (${kinds[present.term.kind]})` : texts.none],
      [labels.date, moment(order.now)],
      [texts.customer, ''],
      [texts.customerNumber, ''],
      [texts.wanted, boxes(wishes)],
      [texts.tier, boxes(tierRanges())],
    ],
    picture: { svg: qrCodeSvg(idText), caption: texts.scan },
    notes: [texts.hint],
  };
}

/** Boxes to tick, none of which is torn apart at the end of a line: `☐ 1-20   ☐ 21-40 …`. */
function boxes(choices: readonly string[]): string {
  return choices.map((choice) => `☐ ${choice}`.replaceAll(' ', '\u00a0')).join('   ');
}

function tierRanges(): string[] {
  let from = 1;
  return tiers.map((limit) => {
    const range = limit === 'unlimited' ? `${from}+` : `${from}-${limit}`;
    from = limit === 'unlimited' ? from : limit + 1;
    return range;
  });
}
