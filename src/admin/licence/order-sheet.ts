import { type HardwareId, hardwareIdText } from '../../licensing/hardware-id.js';
import { type Licence, tiers } from '../../licensing/licence.js';
import { qrCodeSvg } from '../../licensing/qr-code.js';
import type { English } from '../../locales/codes.js';
import { text } from '../../locales/text.js';
import type { Language } from '../../primitives/language.js';
import type { UnixTime } from '../../primitives/time.js';
import type { Sheet } from './sheet.js';

/** What the vendor needs to know to issue a licence key. */
export interface Order {
  readonly hardwareId: HardwareId;
  readonly productVersion: string;
  readonly extensionsSetUp: number;
  readonly presentLicence: Licence | undefined;
  readonly now: UnixTime;
}

type OrderText = keyof English['licence']['order'];
type Label = keyof English['licence']['label'];

/** What can be ordered. */
const wishes = ['buy', 'rent', 'demo', 'higherTier', 'update'] as const;

export function orderSheet(order: Order, language: Language): Sheet {
  const say = (name: OrderText) => text(language, `licence.order.${name}`);
  const label = (name: Label) => text(language, `licence.label.${name}`);
  const idText = hardwareIdText(order.hardwareId);
  const present = order.presentLicence;
  return {
    language,
    title: `Modcall – ${say('title')}`,
    introduction: say('introduction'),
    rows: [
      [label('hardwareId'), idText],
      [label('product'), 'Modcall'],
      [label('version'), order.productVersion],
      [label('extensionsSetUp'), String(order.extensionsSetUp)],
      [say('currentLicence'), present ? presentText(present, language) : say('none')],
      [label('date'), text(language, 'licence.moment', { instant: order.now })],
      [say('customer'), ''],
      [say('customerNumber'), ''],
      [say('wanted'), boxes(wishes.map(say))],
      [say('tier'), boxes(tierRanges())],
    ],
    picture: { svg: qrCodeSvg(idText), caption: say('scan') },
    notes: [say('hint')],
  };
}

function presentText({ keyNumber, term }: Licence, language: Language): string {
  return `${keyNumber} (${text(language, `licence.kind.${term.kind}`)})`;
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
