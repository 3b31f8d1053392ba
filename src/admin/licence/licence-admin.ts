import type { LicenceDesk } from '../../licence-desk/licence-desk.js';
import type { KeySlot } from '../../licence-desk/licence-files.js';
import { hardwareIdText } from '../../licensing/hardware-id.js';
import type { Licence } from '../../licensing/licence.js';
import { refusalMessage } from '../../licensing/messages.js';
import { qrCodeSvg } from '../../licensing/qr-code.js';
import { type LicenceReport, licenceReport, type VerdictReport, verdictReport } from '../../licensing/report.js';
import { isKnown, whyUnknown } from '../../licensing/verdict.js';
import { text } from '../../locales/text.js';
import type { Language } from '../../primitives/language.js';
import { AdminError } from '../../store/admin-error.js';
import { Versioned } from '../../store/versioned.js';
import { licenceRows } from './licence-rows.js';
import { type Order, orderSheet } from './order-sheet.js';
import { type Row, sheetHtml, sheetText } from './sheet.js';

export { readLicenceFile } from '../../licence-desk/licence-files.js';
export { largestLicenceText } from '../../licensing/licence-key.js';

/** The box whose licence is administered. */
export interface LicensedBox {
  readonly desk: LicenceDesk;
  readonly productVersion: string;
  readonly extensionsSetUp: () => number;
  readonly now: () => number;
}

/** A licence and what it allows, as plain data and as rows for people. */
export interface LicenceView {
  /** Null if it is unknown. */
  readonly hardwareId: string | null;
  readonly licence: LicenceReport | null;
  readonly verdict: VerdictReport;
  readonly rows: readonly Row[];
}

/** What the vendor needs to know to issue a licence. */
export interface LicenceOrder {
  readonly hardwareId: string;
  readonly version: string;
  readonly extensionsSetUp: number;
  readonly presentLicence: number | null;
  /** The hardware ID as a QR code. */
  readonly qrCode: string;
  /** The sheet as text. */
  readonly sheet: string;
}

export interface EnterView {
  readonly isAccepted: boolean;
  /** Which of the box's keys it has become; null when it was not accepted. */
  readonly slot: KeySlot | null;
  readonly keyNumber: number | null;
  readonly verdict: VerdictReport;
}

/** Everything an admin does with licences. */
export class LicenceAdmin {
  readonly versions = new Versioned(() => {
    const licence = this.box.desk.licence();
    return licence ? licenceReport(licence) : null;
  });

  constructor(private readonly box: LicensedBox) {}

  get extensionsSetUp(): number {
    return this.box.extensionsSetUp();
  }

  /** The licence in use. */
  show(language: Language): LicenceView {
    const { desk } = this.box;
    return this.view(desk.licence(), verdictReport(desk.verdict()), language);
  }

  /** What is in a key, and what it would allow here. */
  explain(keyText: string, language: Language): LicenceView {
    const { reading, verdict } = this.box.desk.explain(keyText);
    return this.view(reading.ok ? reading.licence : undefined, verdictReport(verdict), language);
  }

  /** Takes a key into use, unless it would be refused. */
  async enter(keyText: string): Promise<EnterView> {
    const result = await this.box.desk.enter(keyText);
    const verdict = result.isAccepted ? result.verdict : ({ isAllowed: false, refusal: result.refusal } as const);
    return {
      isAccepted: result.isAccepted,
      slot: result.isAccepted ? result.slot : null,
      keyNumber: result.isAccepted ? result.keyNumber : null,
      verdict: verdictReport(verdict),
    };
  }

  /** Takes the keys out of use; returns where they are kept. */
  remove(): Promise<readonly string[]> {
    return this.box.desk.remove();
  }

  /**
   * The sheet to order a licence with.
   * @throws AdminError while the hardware ID is unknown.
   */
  orderSheet(language: Language, format: 'text' | 'html'): string {
    const sheet = orderSheet(this.wanted(), language);
    return format === 'html' ? sheetHtml(sheet) : sheetText(sheet);
  }

  /**
   * The same as data.
   * @throws AdminError while the hardware ID is unknown.
   */
  order(language: Language): LicenceOrder {
    const { hardwareId, productVersion: version, extensionsSetUp, presentLicence } = this.wanted();
    const id = hardwareIdText(hardwareId);
    return {
      hardwareId: id,
      version,
      extensionsSetUp,
      presentLicence: presentLicence?.keyNumber ?? null,
      qrCode: qrCodeSvg(id),
      sheet: this.orderSheet(language, 'text'),
    };
  }

  private wanted(): Order {
    const { desk, productVersion, extensionsSetUp, now } = this.box;
    const { hardwareId } = desk;
    if (!isKnown(hardwareId)) throw new AdminError(refusalMessage(whyUnknown(hardwareId)), { kind: 'unavailable' });
    const presentLicence = desk.licence();
    return { hardwareId, productVersion, extensionsSetUp: extensionsSetUp(), presentLicence, now: now() };
  }

  private view(licence: Licence | undefined, verdict: VerdictReport, language: Language): LicenceView {
    const { hardwareId: id } = this.box.desk;
    const hardwareId = isKnown(id) ? hardwareIdText(id) : null;
    const ownId: readonly Row[] = hardwareId === null ? [] : [[text(language, 'licence.label.hardwareId'), hardwareId]];
    return {
      hardwareId,
      licence: licence ? licenceReport(licence) : null,
      verdict,
      rows: licence ? licenceRows(licence, language) : ownId,
    };
  }
}
