import type { Instant } from '../switchboard/ids.js';
import type { Language } from '../switchboard/wishes.js';
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
  readonly now: Instant;
}

const blank = '_'.repeat(40);

export function orderSheet(order: Order, language: Language): Sheet {
  const { labels, order: texts, kinds, moment } = licensingTexts[language];
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
      [texts.customer, blank],
      [texts.customerNumber, blank],
      [texts.tier, tierBoxes()],
    ],
    picture: { svg: qrCodeSvg(idText), caption: texts.scan },
    notes: [texts.wanted, texts.hint],
  };
}

/** The tiers as boxes to tick: `☐ 1-20   ☐ 21-40 …`. */
function tierBoxes(): string {
  let from = 1;
  const ranges = tiers.map((limit) => {
    const range = limit === 'unlimited' ? `${from}+` : `${from}-${limit}`;
    from = limit === 'unlimited' ? from : limit + 1;
    return `☐ ${range}`;
  });
  return ranges.join('   ');
}
